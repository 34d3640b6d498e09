export { decode, decodeOwn } from "./decode.ts";
export { heicDecoder } from "./heic.ts";
