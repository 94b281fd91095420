import type { Case, Send } from "../case.ts";
import {
  both,
  everyItem,
  excluding,
  including,
  listOf,
  nowhere,
  pydanticTime,
  sameAs,
  sortedBy,
  wholeNumber,
} from "../pattern.ts";

const list = (query = ""): Send => ({ method: "GET", path: `/api/v1/tokens${query}` });
const badRequest = { status: 400, text: '{"detail":"Invalid request parameters"}' };
const create = (json: object): Send => ({ method: "POST", path: "/api/v1/tokens", json });
const tooSmall = {
  type: "greater_than_equal",
  loc: ["query", "limit"],
  msg: "Input should be greater than or equal to 1",
  ctx: { ge: 1 },
};
const tooLarge = {
  type: "less_than_equal",
  loc: ["query", "limit"],
  msg: "Input should be less than or equal to 1000",
  ctx: { le: 1000 },
};

/** Listing, and paging through what is listed. */
export const listCases: readonly Case[] = [
  {
    name: "A list is a page of the caller's tokens, with every field",
    rule: "list.listed",
    tier: "read",
    steps: [
      {
        send: list(),
        expect: {
          status: 200,
          headers: { "content-type": "application/json" },
          shape: "listTokens",
          body: { has_prev: false, prev_cursor: null },
        },
      },
    ],
  },
  {
    name: "Without include_total_count the total is null, with it a number",
    rule: "list.total",
    tier: "read",
    steps: [
      { send: list(), expect: { status: 200, body: { total: null } } },
      { send: list("?include_total_count=true&limit=1"), expect: { status: 200, body: { total: wholeNumber } } },
    ],
  },
  {
    name: "An unrevoked token is never listed as revoked, nor a revoked one unasked",
    rule: "list.revoked-hidden",
    tier: "read",
    steps: [{ send: list("?limit=1000"), expect: { status: 200, body: { items: everyItem({ revoked_at: null }) } } }],
  },
  {
    name: "A list comes newest first",
    rule: "list.order",
    tier: "read",
    steps: [{ send: list("?limit=1000"), expect: { status: 200, body: { items: sortedBy("created_at", true) } } }],
  },
  {
    name: "The token that was created last is listed first, also of those of one instant",
    rule: "list.order",
    tier: "full",
    sandbox: { tokens: ["expired"], clock: { freeze: true } },
    steps: [
      { as: "later", send: create({ name: "later" }), expect: { status: 201 } },
      { as: "last", send: create({ name: "last" }), expect: { status: 201 } },
      {
        send: list(),
        expect: {
          status: 200,
          body: { items: [{ id: sameAs("last.token_info.id") }, { id: sameAs("later.token_info.id") }, {}, {}] },
        },
      },
    ],
  },
  {
    name: "Turned round, the oldest token comes first",
    rule: "list.descending",
    tier: "full",
    sandbox: { tokens: ["expired"] },
    steps: [
      {
        send: list("?descending=false"),
        expect: { status: 200, body: { items: [{ name: "expired" }, { name: "sandbox" }] } },
      },
    ],
  },
  {
    name: "A list can be turned round",
    rule: "list.descending",
    tier: "read",
    steps: [
      {
        send: list("?limit=1000&descending=false"),
        expect: { status: 200, body: { items: sortedBy("created_at", false) } },
      },
    ],
  },
  {
    name: "A list counts its total when asked",
    rule: "list.total",
    tier: "full",
    sandbox: { tokens: ["active", "expired", "revoked"] },
    steps: [
      {
        send: list("?include_total_count=true&limit=1"),
        expect: { status: 200, body: { total: 3, items: listOf(1) } },
      },
      {
        send: list("?include_total_count=true&include_revoked=true"),
        expect: { status: 200, body: { total: 4, items: listOf(4) } },
      },
    ],
  },
  {
    name: "A limit outside 1 to 1000 is answered 422",
    rule: "list.limit-bounds",
    tier: "read",
    steps: [
      { send: list("?limit=0"), expect: { status: 422, body: { detail: [{ ...tooSmall, input: "0" }] } } },
      { send: list("?limit=1001"), expect: { status: 422, body: { detail: [{ ...tooLarge, input: "1001" }] } } },
      { send: list("?limit=1000"), expect: { status: 200, body: { limit: 1000 } } },
      { send: list("?limit=1"), expect: { status: 200, body: { limit: 1 } } },
      { send: list(), expect: { status: 200, body: { limit: 50 } } },
    ],
  },
  {
    name: "A direction that is neither next nor prev is answered 400",
    rule: "list.unknown-direction",
    tier: "read",
    steps: [{ send: list("?direction=up"), expect: badRequest }],
  },
  {
    name: "A column that cannot be sorted by is answered 400",
    rule: "list.unknown-sort",
    tier: "read",
    steps: [{ send: list("?sort_by=digest"), expect: badRequest }],
  },
  {
    name: "A cursor that does not decode is answered 400",
    rule: "list.bad-cursor",
    tier: "read",
    steps: [
      { send: list("?cursor=nope"), expect: badRequest },
      { send: list("?cursor=e30"), expect: badRequest },
    ],
  },
  {
    name: "Expired tokens are listed, revoked ones only when asked for",
    rule: "list.revoked-hidden",
    tier: "full",
    sandbox: { tokens: ["expired", "revoked"] },
    steps: [
      {
        send: list(),
        expect: {
          status: 200,
          body: { items: both(including({ name: "expired" }), excluding({ name: "revoked" })) },
        },
      },
      { send: list("?include_revoked=true"), expect: { status: 200, body: { items: including({ name: "revoked" }) } } },
    ],
  },
  {
    name: "Another user's tokens are not listed, even of the same business",
    rule: "list.own-only",
    tier: "full",
    sandbox: {},
    steps: [
      {
        send: {
          method: "POST",
          path: "/_double/seed",
          json: {
            users: [{ email: "colleague-{{sandbox.user_id}}@example.com" }],
            businesses: [
              { id: "{{sandbox.business_id}}", members: [{ user: "colleague-{{sandbox.user_id}}@example.com" }] },
            ],
            tokens: [
              {
                user: "colleague-{{sandbox.user_id}}@example.com",
                business: "{{sandbox.business_id}}",
                name: "a colleague's",
              },
            ],
          },
        },
        expect: { status: 201 },
      },
      {
        send: list("?limit=1000&include_total_count=true"),
        expect: { status: 200, body: { items: [{ id: "{{sandbox.token_id}}" }], total: 1 } },
      },
    ],
  },
  {
    name: "Pages follow each other without a gap or a repeat, and lead back",
    rule: "list.pages",
    tier: "full",
    sandbox: { tokens: ["active", "active", "active", "active"] },
    steps: [
      { as: "all", send: list(), expect: { status: 200, body: { items: listOf(5), has_next: false } } },
      {
        as: "one",
        send: list("?limit=2"),
        expect: {
          status: 200,
          body: {
            items: [{ id: sameAs("all.items.0.id") }, { id: sameAs("all.items.1.id") }],
            has_next: true,
            has_prev: false,
          },
        },
      },
      {
        as: "two",
        send: list("?limit=2&cursor={{one.next_cursor}}"),
        expect: {
          status: 200,
          body: {
            items: [{ id: sameAs("all.items.2.id") }, { id: sameAs("all.items.3.id") }],
            has_next: true,
            has_prev: true,
          },
        },
      },
      {
        send: list("?limit=2&cursor={{two.next_cursor}}"),
        expect: { status: 200, body: { items: [{ id: sameAs("all.items.4.id") }], has_next: false, has_prev: true } },
      },
      {
        send: list("?limit=2&direction=prev&cursor={{two.prev_cursor}}"),
        expect: {
          status: 200,
          body: {
            items: [{ id: sameAs("all.items.0.id") }, { id: sameAs("all.items.1.id") }],
            has_prev: false,
            has_next: true,
          },
        },
      },
      {
        send: list("?limit=2&direction=prev"),
        expect: {
          status: 200,
          body: {
            items: [{ id: sameAs("all.items.3.id") }, { id: sameAs("all.items.4.id") }],
            has_prev: true,
            has_next: false,
          },
        },
      },
    ],
  },
  {
    name: "A cursor of another sort is answered 400",
    rule: "list.cursor-of-another-sort",
    tier: "full",
    sandbox: { tokens: ["active", "active"] },
    steps: [
      { as: "page", send: list("?limit=1"), expect: { status: 200, body: { has_next: true } } },
      { send: list("?limit=1&sort_by=name&cursor={{page.next_cursor}}"), expect: badRequest },
      { send: list("?limit=1&descending=false&cursor={{page.next_cursor}}"), expect: badRequest },
      { send: list("?limit=1&cursor={{page.next_cursor}}"), expect: { status: 200, body: { items: listOf(1) } } },
    ],
  },
  {
    name: "A list sorts by name, expiry and last use",
    rule: "list.sort-by",
    tier: "full",
    sandbox: { tokens: ["expired", "active"] },
    steps: [
      { send: create({ name: "a", expires_in_days: 2 }), expect: { status: 201 } },
      {
        send: list("?sort_by=name&descending=false"),
        expect: {
          status: 200,
          body: { items: [{ name: "a" }, { name: "active" }, { name: "expired" }, { name: "sandbox" }] },
        },
      },
      {
        send: list("?sort_by=expires_at&descending=false&limit=2"),
        expect: { status: 200, body: { items: [{ name: "expired" }, { name: "a" }] } },
      },
      {
        send: list("?sort_by=last_used_at&descending=false"),
        expect: { status: 200, body: { items: [{ name: "sandbox", last_used_at: pydanticTime }, {}, {}, {}] } },
      },
    ],
  },
  {
    name: "Names stand by code point: capitals first, and what lies beyond U+FFFF last",
    rule: "list.sort-by",
    tier: "full",
    sandbox: {},
    steps: [
      ...["🙂", "Ａ", "a", "B"].map((name) => ({ send: create({ name }), expect: { status: 201 } })),
      {
        send: list("?sort_by=name&descending=false"),
        expect: {
          status: 200,
          body: { items: [{ name: "B" }, { name: "a" }, { name: "sandbox" }, { name: "Ａ" }, { name: "🙂" }] },
        },
      },
    ],
  },
  {
    name: "A list never shows a secret",
    rule: "secret.shown-once",
    tier: "full",
    sandbox: {},
    steps: [
      { as: "created", send: create({ name: "verify" }), expect: { status: 201 } },
      { send: list("?include_revoked=true"), expect: { status: 200, body: nowhere("created.token") } },
    ],
  },
];
