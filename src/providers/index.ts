export {
  afterCall,
  chooseProvider,
  WORKING_CIRCUIT,
  type Candidate,
  type Circuit,
  type Route,
} from "./router.ts";
