import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

export interface ExportFile {
  /** Path inside the zip, with "/". */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Pictures are packed already; only text gets smaller. */
const PACKED = /\.(jpe?g|png|webp|heic|zip|safetensors)$/i;

/**
 * A zip of `files`, one at a time in memory. Names cannot leave the folder that they are unpacked in, and a second file
 * of one name gets a number.
 */
export function zipOf(files: AsyncIterable<ExportFile>, at: number): ReadableStream<Uint8Array> {
  const source = files[Symbol.asyncIterator]();
  const taken = new Set<string>();
  let zip: Zip;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      zip = new Zip((error, chunk, final) => {
        if (error !== null) return controller.error(error);
        if (chunk.length > 0) controller.enqueue(chunk);
        if (final) controller.close();
      });
    },
    async pull() {
      const next = await source.next();
      if (next.done === true) return zip.end();
      const name = freeName(taken, safeName(next.value.name));
      const entry = PACKED.test(name) ? new ZipPassThrough(name) : new ZipDeflate(name);
      entry.mtime = at;
      zip.add(entry);
      entry.push(next.value.bytes, true);
    },
    async cancel() {
      await source.return?.();
    },
  });
}

function safeName(name: string): string {
  const parts = name.split(/[/\\]/).filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.join("/") || "file";
}

function freeName(taken: Set<string>, name: string): string {
  const dot = name.lastIndexOf(".");
  const [stem, end] = dot > name.lastIndexOf("/") ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
  let free = name;
  for (let number = 2; taken.has(free.toLowerCase()); number++) free = `${stem}-${number}${end}`;
  taken.add(free.toLowerCase());
  return free;
}
