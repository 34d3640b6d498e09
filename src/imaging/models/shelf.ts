import { loadFaces, type FaceModel } from "./faces.ts";
import { loadIdentity, type IdentityModel } from "./identity.ts";
import { loadSegmentation, type SegmentationModel } from "./segmentation.ts";

/** The models of this thread. Each loads on first use, once; null means that it did not load. */
export interface Models {
  faces(): Promise<FaceModel | null>;
  identity(): Promise<IdentityModel | null>;
  segmentation(): Promise<SegmentationModel | null>;
}

export interface ModelLoaders {
  readonly faces: () => Promise<FaceModel>;
  readonly identity: () => Promise<IdentityModel>;
  readonly segmentation: () => Promise<SegmentationModel>;
}

const INSTALLED: ModelLoaders = {
  faces: loadFaces,
  identity: loadIdentity,
  segmentation: loadSegmentation,
};

/** A model that cannot load must not stop intake, so failures become null here and "failed" in the status. */
export function createModels(loaders: ModelLoaders = INSTALLED): Models {
  const faces = once(loaders.faces);
  return {
    faces,
    // The network runs on the tensor backend that the face model starts, and means nothing without a mesh.
    identity: once(async () => {
      if (!(await faces())) throw new Error("the face model did not load");
      return loaders.identity();
    }),
    segmentation: once(loaders.segmentation),
  };
}

function once<T>(load: () => Promise<T>): () => Promise<T | null> {
  let loading: Promise<T | null> | undefined;
  return () => (loading ??= load().catch(() => null));
}
