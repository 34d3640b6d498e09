import { raw } from "../db/index.ts";
import type { Statement } from "../ports/database.ts";
import type { Capability } from "../ports/jobs.ts";
import { UNTOUCHED, WOKEN } from "./lease.ts";
import { LEASE_MS } from "./rules/limits.ts";

/** Literals, not parameters: a parameter disables the partial indexes. */
const BACK_TO_READY = `state = 'ready', lease_token = NULL, lease_until = NULL,
run_at = CASE WHEN run_at > ${WOKEN} THEN run_at ELSE ? END`;

function mine(capabilities: readonly Capability[]): string {
  return capabilities.length === 0 ? "needs IS NULL" : `(needs IS NULL OR needs IN (${list(capabilities)}))`;
}

function list(capabilities: readonly Capability[]): string {
  return capabilities.map(() => "?").join(", ");
}

/** Waiting steps whose time has come are ready. */
export function endWaits(now: number, most: number): Statement {
  return raw(
    `UPDATE step SET state = 'ready' WHERE id IN (
SELECT id FROM step WHERE state = 'waiting' AND run_at <= ? ORDER BY run_at, id LIMIT ?) RETURNING id`,
    [now, most],
  );
}

/** Steps whose run is silent for too long are ready again; the lost run counts, so that none kills for ever. */
export function endLeases(now: number, most: number): Statement {
  return raw(
    `UPDATE step SET ${BACK_TO_READY}, attempts = attempts + 1,
reason = 'the program that ran it went silent', next_action = 'runs at its time'
WHERE id IN (SELECT id FROM step WHERE state = 'leased' AND lease_until <= ? ORDER BY lease_until LIMIT ?) RETURNING id`,
    [now, now, most],
  );
}

/**
 * Takes up to `most` due steps that this process can run, under one token. One past its deadline is taken by anybody:
 * it only has to be ended.
 */
export function claim(
  now: number,
  most: number,
  token: string,
  capabilities: readonly Capability[],
): Statement {
  return raw(
    `UPDATE step SET state = 'leased', lease_token = ?, lease_until = ?, run_at = ${UNTOUCHED} WHERE id IN (
SELECT id FROM step WHERE state = 'ready' AND run_at <= ? AND (${mine(capabilities)} OR deadline_at <= ?)
ORDER BY run_at, id LIMIT ?) RETURNING *`,
    [token, now + LEASE_MS, now, ...capabilities, now, most],
  );
}

/** Holds what is still running under a token for another lease; returns what is still held. */
export function renew(now: number, token: string): Statement {
  return raw("UPDATE step SET lease_until = ? WHERE state = 'leased' AND lease_token = ? RETURNING id", [
    now + LEASE_MS,
    token,
  ]);
}

/** Gives up everything held under a token, at once and without counting an attempt. */
export function handBack(now: number, token: string): Statement {
  return raw(
    `UPDATE step SET ${BACK_TO_READY},
reason = 'handed back when a program stopped', next_action = 'runs at its time'
WHERE state = 'leased' AND lease_token = ?`,
    [now, token],
  );
}

/** When something falls due next for this process, as column `at`; null when nothing ever does. */
export function nextDue(capabilities: readonly Capability[]): Statement {
  return raw(
    `SELECT min(at) AS at FROM (
SELECT * FROM (SELECT run_at AS at FROM step WHERE state = 'ready' AND ${mine(capabilities)} ORDER BY run_at, id LIMIT 1)
UNION ALL SELECT * FROM (SELECT run_at AS at FROM step WHERE state = 'waiting' ORDER BY run_at, id LIMIT 1)
UNION ALL SELECT * FROM (SELECT lease_until AS at FROM step WHERE state = 'leased' ORDER BY lease_until LIMIT 1))`,
    [...capabilities],
  );
}
