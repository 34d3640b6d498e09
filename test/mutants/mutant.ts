/** A defect to be seeded: `find` occurs once in `file`; the tests of `suite` must notice. */
export interface Mutant {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  readonly suite: string;
  /** The test that must notice, where the whole suite would take long. */
  readonly test?: string;
}
