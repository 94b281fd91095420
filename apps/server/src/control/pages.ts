import { readFile } from "node:fs/promises";
import type { RequestHandler, Response } from "express";

const contentTypes = { html: "text/html", css: "text/css", js: "text/javascript" } as const;

/** Beside the sources, or beside the built file: wherever this package's console is. */
const places = [new URL("./console/", import.meta.url), new URL("../../../console/page/", import.meta.url)];

/** The console's files, by the path that they are asked for under. */
export const consoleFiles = {
  "/_double": "index.html",
  "/_double/": "index.html",
  "/_double/console.js": "console.js",
  "/_double/events.js": "events.js",
  "/_double/console.css": "console.css",
} as const;

/** Serves one of the console's files. */
export const serveConsole =
  (file: (typeof consoleFiles)[keyof typeof consoleFiles]): RequestHandler =>
  async (_req, res) => {
    const bytes = await Promise.any(places.map((place) => readFile(new URL(file, place))));
    sendPage(res, contentTypes[file.slice(file.lastIndexOf(".") + 1) as keyof typeof contentTypes], bytes);
  };

/** Sends a page: nothing from elsewhere is loaded, and nobody may frame one that steers. */
export function sendPage(res: Response, contentType: string, content: string | Buffer): void {
  res.setHeader("content-type", `${contentType}; charset=utf-8`);
  res.setHeader("content-security-policy", "default-src 'self'; img-src data:; frame-ancestors 'none'");
  res.setHeader("cache-control", "no-store");
  res.end(content);
}
