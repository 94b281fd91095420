import { isRecord } from "./is-record.ts";
import { type FieldsShape, misfit } from "./shape.ts";

/** The data of a success, and where it was. */
export interface Contents {
  readonly data: unknown;
  readonly path: "body" | "body.data";
  /** Whether the envelope says that the call failed, whatever the status of the answer is. */
  readonly isFailure: boolean;
}

/**
 * The data of a success: one revision of the API sends it bare, another one in `{ success, message, code, data }`, none of
 * which has to be there. What has the fields of the route's data is bare, whatever it has beside them; what has one of
 * them is bare too, and broken, unless it says of itself that it is an envelope.
 */
export function open(body: unknown, shape: FieldsShape): Contents {
  if (!isRecord(body) || misfit(body, shape) === undefined) return { data: body, path: "body", isFailure: false };
  const { success, data } = body;
  const looksBare = Object.keys(shape).some((field) => field in body);
  const isEnvelope = typeof success === "boolean" ? "data" in body || !looksBare : isRecord(data) && !looksBare;
  return isEnvelope
    ? { data, path: "body.data", isFailure: success === false }
    : { data: body, path: "body", isFailure: false };
}
