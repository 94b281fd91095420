// The same job as most teams would write it today: Express, its JSON parser, zod, defaults untouched.
import { createServer } from "node:http";
import express from "express";
import * as z from "zod";
import { announce } from "./announce.js";
import { callerOf, createToken, onTheWire, pageOf } from "./tokens.js";

const TokenCreate = z.object({
  name: z.string().min(1).max(255),
  description: z.string().nullish(),
  expires_in_days: z.int().min(1).max(365).nullish(),
});
const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z.string().optional(),
});

/** @type {(permission: "read" | "write") => import("express").RequestHandler} */
const authorize = (permission) => (req, res, next) => {
  const caller = callerOf(req.headers, permission);
  if (typeof caller === "number") {
    res.status(caller).json({ detail: "Refused" });
    return;
  }
  res.locals["caller"] = caller;
  next();
};

const app = express();
app.use(express.json());

app.post("/api/v1/tokens", authorize("write"), (req, res) => {
  const body = TokenCreate.safeParse(req.body);
  if (!body.success) {
    res.status(422).json({ detail: body.error.issues });
    return;
  }
  const { name, description = null, expires_in_days: days } = body.data;
  const { secret, token } = createToken({ name, description, days: days ?? 365 });
  res.status(201).json({ token: secret, token_info: onTheWire(token) });
});

app.get("/api/v1/tokens", authorize("read"), (req, res) => {
  const query = ListQuery.safeParse(req.query);
  if (!query.success) {
    res.status(422).json({ detail: query.error.issues });
    return;
  }
  res.json(pageOf(res.locals["caller"], query.data.limit, query.data.cursor ?? null));
});

announce(createServer(app));
