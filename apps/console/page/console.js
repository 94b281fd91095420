import { readEvents } from "./events.js";

/** @typedef {import("@dayzero-tokens/contract/control").JournalEntry} JournalEntry */
/** @typedef {import("@dayzero-tokens/contract/control").State} State */
/** @typedef {import("@dayzero-tokens/contract/control").Fault} Fault */
/** @typedef {import("@dayzero-tokens/contract/control").FaultRequest} FaultRequest */
/** @typedef {import("@dayzero-tokens/contract/control").ClockReading} ClockReading */
/** @typedef {import("@dayzero-tokens/contract/control").Info} Info */

const mostRows = 200;
const controlTokenKey = "control token";

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The page has no ${id}`);
  return found;
}

/**
 * Asks the control plane. Where it wants its token, the person is asked for it once.
 * @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>}
 */
async function control(method, path, body) {
  const response = await send(method, path, body);
  const answer = response.status === 204 ? undefined : await response.json();
  if (!response.ok) throw new Error(answer?.detail ?? `${response.status}`);
  return answer;
}

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<Response>} */
async function send(method, path, body) {
  const token = sessionStorage.getItem(controlTokenKey);
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const response = await fetch(`/_double/${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (response.status !== 401) return response;
  const given = prompt("The control token that the double printed at start");
  if (given === null) return response;
  sessionStorage.setItem(controlTokenKey, given);
  return send(method, path, body);
}

/** Shows what went wrong, and nothing where nothing did. @param {() => Promise<void>} work */
function attempt(work) {
  const trouble = element("trouble");
  work().then(
    () => {
      trouble.hidden = true;
    },
    (error) => {
      trouble.textContent = String(error.message ?? error);
      trouble.hidden = false;
    },
  );
}

/** @param {readonly (string | number)[]} cells @param {string} [className] */
function row(cells, className = "") {
  const tr = document.createElement("tr");
  for (const cell of cells) {
    const td = document.createElement("td");
    td.textContent = String(cell);
    tr.append(td);
  }
  tr.className = className;
  return tr;
}

const short = (/** @type {string | null} */ id) => (id === null ? "" : `…${id.slice(-8)}`);

/** @param {JournalEntry} entry */
function showEntry(entry) {
  const business = /** @type {HTMLInputElement} */ (element("journal-business")).value.trim();
  if (business !== "" && entry.business_id !== business) return;
  const decided = entry.fault_id ?? (entry.rule === null ? "" : `${entry.rule} (${entry.rule_source})`);
  const isGood = entry.status !== null && entry.status < 400;
  const cells = [
    entry.id,
    entry.at.slice(11, -1).slice(0, 12),
    `${entry.method} ${entry.path}`,
    entry.status ?? "no answer",
    decided,
    short(entry.business_id),
    entry.duration_ms,
  ];
  const tr = row(cells, isGood ? "good" : "bad");
  tr.tabIndex = 0;
  const open = () => {
    for (const other of element("journal").children) other.ariaSelected = String(other === tr);
    element("entry").hidden = false;
    element("entry-text").textContent = JSON.stringify(entry, null, 2);
  };
  tr.addEventListener("click", open);
  tr.addEventListener("keydown", (event) => event.key === "Enter" && open());
  const journal = element("journal");
  journal.prepend(tr);
  while (journal.children.length > mostRows) journal.lastElementChild?.remove();
  element("journal-empty").hidden = true;
}

async function showJournal() {
  const { entries, dropped } = await control("GET", `journal?limit=${mostRows}`);
  element("journal").replaceChildren();
  element("journal-empty").hidden = false;
  element("dropped").textContent = dropped === 0 ? "" : `${dropped} older entries were dropped`;
  for (const entry of entries) showEntry(entry);
}

async function followJournal() {
  const response = await send("GET", "journal/stream");
  if (!response.ok || response.body === null) throw new Error(`The journal cannot be followed: ${response.status}`);
  for await (const entry of readEvents(response.body)) {
    showEntry(entry);
    showSoon();
  }
  throw new Error("The double has stopped. Reload when it runs again.");
}

/** @param {ClockReading} clock */
function showClock({ mode, now }) {
  element("clock").textContent = `${now} (${mode === "real" ? "real time" : mode})`;
}

/** @param {readonly Fault[]} faults */
function showFaults(faults) {
  element("faults").replaceChildren(
    ...faults.map((fault) => {
      const item = document.createElement("li");
      const what = JSON.stringify(fault.effect);
      const left = fault.times === null ? "for all" : `${fault.times - fault.hits} left`;
      item.append(`${fault.match.operation ?? "any operation"}: ${what} ${fault.when}, ${left} `);
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "remove";
      remove.addEventListener("click", () => attempt(() => control("DELETE", `faults/${fault.id}`).then(showAll)));
      item.append(remove);
      return item;
    }),
  );
}

/** The state is raw, so that it can be put back; what in it looks like a secret is not for the eye. @param {string} text */
const masked = (text) => text.replace(/(?:dz_|eyJ)[\w.%\\-]+/g, (secret) => `${secret.slice(0, 6)}...`);

/** @param {State} state @param {string} now */
function showTokens({ tokens, users }, now) {
  const emails = new Map(users.map(({ id, email }) => [id, email]));
  element("tokens").replaceChildren(
    ...tokens.slice(-mostRows).map((token) => {
      const isExpired = token.expires_at !== null && token.expires_at <= now;
      const state = token.revocation ? "revoked" : isExpired ? "expired" : "active";
      const expires = token.expires_at?.slice(0, 19) ?? "never";
      const cells = [
        masked(token.name),
        token.prefix,
        state,
        expires,
        masked(emails.get(token.user_id) ?? ""),
        short(token.business_id),
      ];
      return row(cells, state === "active" ? "good" : "bad");
    }),
  );
}

async function showAll() {
  /** @type {Info} */
  const info = await control("GET", "info");
  element("about").textContent = [
    `version ${info.version}`,
    `up ${Math.round(info.uptime_seconds)} s`,
    `${info.limits.max_active_tokens || "no limit of"} active tokens a user`,
    ...(info.contract_violations > 0 ? [`${info.contract_violations} replies broke the contract: please report`] : []),
    ...(info.foreign_tokens > 0
      ? [`${info.foreign_tokens} requests with a token no double minted: a real credential?`]
      : []),
    ...(info.leaks > 0 ? [`${info.leaks} secrets seen where none belong`] : []),
  ].join(" · ");
  showClock(info.clock);
  showFaults((await control("GET", "faults")).faults);
  showTokens(await control("GET", "state"), info.clock.now);
}

let isWaiting = false;

/** Several exchanges in a row redraw the rest of the page once. */
function showSoon() {
  if (isWaiting) return;
  isWaiting = true;
  setTimeout(() => {
    isWaiting = false;
    attempt(showAll);
  }, 300);
}

/** @param {string} wanted */
async function turnClock(wanted) {
  if (wanted === "freeze") await control("PUT", "clock", { freeze: true });
  else if (wanted === "real") await control("DELETE", "clock");
  else await control("POST", "clock/advance", { duration: wanted });
  await showAll();
}

/** @param {HTMLFormElement} form */
async function addFault(form) {
  const fields = new FormData(form);
  const [kind, value] = String(fields.get("effect")).split(":");
  const effect =
    kind === "status"
      ? { status: Number(value) }
      : kind === "latency"
        ? { latency: { fixed_ms: Number(value) } }
        : { connection: value };
  const operation = fields.get("operation");
  const times = Number(fields.get("times"));
  await control("POST", "faults", {
    match: operation ? { operation } : {},
    effect,
    when: fields.get("when"),
    ...(times > 0 && { times }),
  });
  await showAll();
}

for (const button of document.querySelectorAll("[data-clock]")) {
  button.addEventListener("click", () => attempt(() => turnClock(button.getAttribute("data-clock") ?? "")));
}
element("fault").addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(() => addFault(/** @type {HTMLFormElement} */ (element("fault"))));
});
element("journal-clear").addEventListener("click", () => attempt(() => control("DELETE", "journal").then(showJournal)));
element("journal-business").addEventListener("change", () => attempt(showJournal));
element("reset").addEventListener("click", () =>
  attempt(() => control("POST", "reset", { to: "seed" }).then(showJournal).then(showAll)),
);
element("sandbox").addEventListener("click", () =>
  attempt(async () => {
    const made = element("made");
    made.textContent = JSON.stringify(await control("POST", "sandboxes", {}), null, 2);
    made.hidden = false;
    await showAll();
  }),
);

attempt(async () => {
  await showAll();
  await showJournal();
  attempt(followJournal);
});
