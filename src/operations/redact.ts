import { JWT_PATTERN, type FieldPatterns, type RedactionPatterns } from "@logtape/redaction";

export const REDACTED = "[redacted]";

/** Fields whose value is never written, whatever it is. */
export const SECRET_FIELDS: FieldPatterns = [
  /token/i,
  /secret/i,
  /pass(word|phrase)/i,
  /credential/i,
  /authorization/i,
  /cookie/i,
  /signature/i,
  /^(api|master|private|wrapped)_?key$/i,
  /e-?mail/i,
  /identity|vector|embedding/i,
];

const keepFirst = (pattern: RegExp) => ({ pattern, replacement: `$1${REDACTED}` });
const whole = (pattern: RegExp) => ({ pattern, replacement: REDACTED });

/** What is cut out of any text that a log line holds. They run over the finished JSON line and stay inside strings. */
export const SECRET_PATTERNS: RedactionPatterns = [
  // Links that open something by themselves.
  keepFirst(/(\/files\/)[\w-]+/g),
  keepFirst(/(\/sign-in\/)[\w-]+/g),
  keepFirst(/(\/webhooks\/runpod\/[^/\s"?]+\/)[^\s"?#/]+/g),
  keepFirst(/(https?:\/\/[^\s"?\\]+\?)[^\s"\\]+/g),
  keepFirst(/(:\/\/)[^/\s"@\\]+(?=@)/g),
  // People's photos and pictures at vendors.
  keepFirst(/(https:\/\/(?:cdn|media)\.discordapp\.(?:com|net)\/)[^\s"\\]+/g),
  keepFirst(/(https:\/\/(?:[\w-]+\.)*replicate\.delivery\/)[^\s"\\]+/g),
  whole(/data:[\w/+.-]+;base64,[\w+/=-]+/g),
  // Tokens of vendors and of HTTP.
  keepFirst(/\b((?:Bearer|Basic|Token|Bot)\s+)[\w.~+/=-]{16,}/gi),
  keepFirst(/(\/bot)\d+:[\w-]+/gi),
  whole(/\b\d{6,}:[\w-]{30,}/g),
  whole(/\b(?:r8|rpa|whsec)_[\w+/=-]{8,}/g),
  JWT_PATTERN,
  // Drizzle prints the values of a failed query.
  keepFirst(/(\\nparams: )(?:[^"\\]|\\.)*/g),
];
