import type { Operation } from "@dayzero-tokens/contract";
import { firstHeader, parseUuid } from "@dayzero-tokens/fastapi";
import type { RequestHandler } from "express";
import type { Permission } from "../../state/memory/directory.ts";
import type { World } from "../../world/world.ts";
import { exchangeOf } from "../exchange.ts";
import { invalidParameters, notEnoughPermissions } from "../refusal.ts";
import { callerOf } from "./caller.ts";

const needed: Record<Operation, Permission> = { createToken: "write", listTokens: "read", revokeToken: "write" };

/** Checks that the caller may do this in the business that it names: 400 when it names none, else 403. */
export const authorize =
  (world: World): RequestHandler =>
  (req, res, next) => {
    const header = firstHeader(req, "x-business-id");
    if (header === undefined) return next(invalidParameters("business.absent"));
    const businessId = parseUuid(header);
    if (businessId === undefined) return next(invalidParameters("business.malformed"));

    const caller = callerOf(res);
    const exchange = exchangeOf(res);
    exchange.businessId = businessId;
    const permissions = world.directory.permissionsOf(caller.userId, businessId);
    if (permissions === undefined) {
      exchange.leaks.push({ where: "business", token_id: caller.token.id });
      return next(notEnoughPermissions("business.no-access"));
    }
    exchange.caller = { ...caller, businessId };
    if (exchange.operation === undefined || !permissions.has(needed[exchange.operation])) {
      return next(notEnoughPermissions("permission.missing"));
    }
    next();
  };
