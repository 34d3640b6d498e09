import { CROPS } from "../actions.ts";
import { button, styleTitle, text, view, type RenderContext, type Renderer } from "./context.ts";

async function findStyle(
  { people, who }: RenderContext,
  orderId: string,
  pictureId: string,
): Promise<string | null> {
  const order = await people.order(who, orderId);
  return order?.pictures.find((picture) => picture.id === pictureId)?.style ?? null;
}

export const renderCrops: Renderer<"crops"> = async (context, { pictureId, orderId }) => {
  const { copy } = context;
  if ((await findStyle(context, orderId, pictureId)) === null) {
    return view([text(copy.notices.no_such_picture, "muted")]);
  }
  return view(
    [text(copy.orders.crops.title)],
    [CROPS.map((crop) => button(copy.orders.crops.names[crop], { do: "file", pictureId, crop }))],
  );
};

/** One picture as a file to keep. */
export const renderPictureFile: Renderer<"picture_file"> = async (context, { pictureId, orderId, crop }) => {
  const { copy } = context;
  const kind = [...CROPS, "original" as const].find((known) => known === crop);
  const style = await findStyle(context, orderId, pictureId);
  if (kind === undefined || style === null) return view([text(copy.notices.no_such_picture, "muted")]);
  const label = copy.orders.crops.file(copy.orders.crops.names[kind], styleTitle(copy, style));
  return view([{ kind: "file", pictureId, crop: kind, label }]);
};
