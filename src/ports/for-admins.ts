import type { Role } from "./actor.ts";

export interface AdminSession {
  readonly id: string;
  readonly role: Role;
}

/** What the console shows first: how much work stands where. */
export interface Today {
  readonly ordersByState: readonly { readonly state: string; readonly count: number }[];
  readonly stepsByState: readonly { readonly state: string; readonly count: number }[];
  /** Steps that need a human, newest first, with why and what next in words. */
  readonly stuck: readonly {
    readonly id: string;
    readonly kind: string;
    readonly subject: string;
    readonly subjectId: string;
    readonly reason: string | null;
    readonly nextAction: string | null;
  }[];
  readonly spentTodayMicros: number;
  readonly spentMonthMicros: number;
}

/** The service's face for admins: the console and the operating commands call this and nothing below it. */
export interface ForAdmins {
  /** Makes a one-time sign-in link for an owner; it lives 15 minutes and is stored hashed. */
  signInLink(role: Role): Promise<{ readonly url: string; readonly expiresAt: number }>;
  /** Uses a link up; null when it is unknown, used or too old. */
  signIn(
    token: string,
  ): Promise<{ readonly cookie: string; readonly session: AdminSession; readonly expiresAt: number } | null>;
  session(cookie: string): Promise<AdminSession | null>;
  signOut(session: AdminSession): Promise<void>;
  today(): Promise<Today>;
  retryStep(session: AdminSession, stepId: string): Promise<boolean>;
  /** The person that an operator means: a person id, `discord:ID`, `telegram:ID` or `order:ID`; null for nobody. */
  findPerson(name: string): Promise<string | null>;
  /** Starts the erasure of a person; asking again returns the same one. */
  askErasure(personId: string): Promise<{ readonly erasureId: string }>;
  /** Counts of what was deleted, by kind; null while it goes on. */
  erasureReceipt(erasureId: string): Promise<Readonly<Record<string, number>> | null>;
  /** Everything kept of a person as one zip. */
  exportZip(personId: string): ReadableStream<Uint8Array>;
  /** The continuous checks of ledger and states; one sentence for each difference. */
  differences(): Promise<readonly string[]>;
}
