export { decode, decodeOwn, DECODE_LIMITS, type Decoded, type DecodeResult } from "./decode.ts";
export { heicDecoder } from "./heic.ts";
