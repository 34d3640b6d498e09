export { afterCall, chooseProvider, WORKING_CIRCUIT, type Candidate } from "./router.ts";
