import { createClient, type InValue } from "@libsql/client";

/** Reads rows as somebody beside the program would; it never writes. */
export async function rowsOf(
  url: string,
  sql: string,
  args: InValue[] = [],
): Promise<Record<string, unknown>[]> {
  const client = createClient({ url, timeout: 5000 });
  try {
    const { rows, columns } = await client.execute({ sql, args });
    return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
  } finally {
    client.close();
  }
}
