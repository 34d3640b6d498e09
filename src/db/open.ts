import { createClient, type Client } from "@libsql/client";

export interface DatabaseLocation {
  /** `file:`, `:memory:`, `libsql:`, `http(s):` or `ws(s):`. */
  readonly url: string;
  readonly authToken?: string | undefined;
}

/**
 * Opens the libSQL client with the only safe settings: a busy timeout that reaches every pooled connection
 * (others are lost on the next one) and SQLite's default `synchronous` FULL.
 * In workerd the same import resolves to the HTTP client.
 */
export function openClient(location: DatabaseLocation): Client {
  return createClient({
    url: location.url,
    ...(location.authToken === undefined ? {} : { authToken: location.authToken }),
    timeout: 5000,
  });
}

/** WAL is a property of the file: set once at start, before anything is written. Does nothing on a server. */
export async function useWriteAheadLog(client: Client): Promise<void> {
  if (client.protocol === "file") await client.execute("PRAGMA journal_mode = WAL");
}
