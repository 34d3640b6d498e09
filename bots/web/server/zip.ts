import { Zip, ZipPassThrough } from "fflate";

export interface ZipFile {
  readonly bytes: Uint8Array;
  readonly fileName: string;
}

/** Photos do not shrink, so they are stored as they are. One file is in memory at a time; the reader sets the pace. */
export function zipStream(
  first: ZipFile,
  rest: AsyncIterator<ZipFile>,
  now: number,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const taken = new Set<string>();
  let zip: Zip;
  let next: ZipFile | null = first;

  return new ReadableStream({
    start(controller) {
      zip = new Zip((error, chunk, final) => {
        if (error !== null) return controller.error(error);
        controller.enqueue(Uint8Array.from(chunk));
        if (final) controller.close();
      });
    },
    async pull() {
      const file = next ?? (await read(rest));
      next = null;
      if (file === null) return zip.end();
      const entry = new ZipPassThrough(unused(file.fileName, taken));
      entry.mtime = new Date(now);
      zip.add(entry);
      entry.push(file.bytes, true);
    },
  });
}

async function read(files: AsyncIterator<ZipFile>): Promise<ZipFile | null> {
  const result = await files.next();
  return result.done === true ? null : result.value;
}

/** Pictures of two orders may have the same name. */
function unused(fileName: string, taken: Set<string>): string {
  let name = fileName;
  for (let n = 2; taken.has(name); n++) name = fileName.replace(/(\.\w+)?$/, `-${n}$1`);
  taken.add(name);
  return name;
}
