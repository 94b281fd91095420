/** Whether FastAPI reads a body of this content type as JSON: `application/json` and `application/…+json`. */
export function isJson(contentType: string | undefined): boolean {
  if (contentType === "application/json") return true;
  const [mediaType = ""] = (contentType ?? "").split(";", 1);
  const [type, subtype = "", ...more] = mediaType.trim().toLowerCase().split("/");
  return type === "application" && more.length === 0 && (subtype === "json" || subtype.endsWith("+json"));
}
