const escapes = /(?:\\u00|\\x|%|&#x0*)([\da-f]{2});?|&#0*(\d{2,3});?/gi;

/** The text as it reads once the escapes of JSON, JavaScript, URLs and HTML for ASCII are resolved. */
export const decodeEscapes = (text: string): string =>
  text.replace(escapes, (_, hex, decimal) => String.fromCharCode(hex ? Number.parseInt(hex, 16) : decimal));
