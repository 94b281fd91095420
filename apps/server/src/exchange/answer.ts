/** What goes back to the client, complete. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

const json = { "content-type": "application/json" };

/** An answer as FastAPI's JSONResponse gives it: no charset, no etag. */
export const jsonAnswer = (status: number, text: string, headers?: Answer["headers"]): Answer => ({
  status,
  headers: headers === undefined ? json : { ...headers, ...json },
  text,
});

/** What Starlette answers when something breaks. */
export const internalServerError: Answer = {
  status: 500,
  headers: { "content-type": "text/plain; charset=utf-8" },
  text: "Internal Server Error",
};
