// The page does what Twilio does: it posts a text or a turn of a call to the line's webhooks and follows the TwiML
// that comes back. Whatever anyone wrote enters the page as text, never as markup.

const $ = (id) => document.getElementById(id);
const make = (tag, props = {}, ...children) => {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};
const digits = (count) => Array.from(crypto.getRandomValues(new Uint8Array(count)), (byte) => byte % 10).join("");
const sid = (prefix) => prefix + Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const ACCOUNT = "AC" + "0".repeat(32);
const LINE = "+15005550006";
const HUNG_UP = "You hung up.";
const DOT = "\u00a0\u00b7 ";
const MOST_HOPS = 20; // redirects without anyone saying a thing: a loop
const LEVELS = { emergency: "Emergency reply", crisis: "Crisis reply", urgent: "Urgent reply" };
const EXCUSES = { negated: "denied", past: "in the past", question: "only asked about", figurative: "a figure of speech" };

// ---- the server -----------------------------------------------------------------------------------------------

class Refused extends Error {}

async function post(address, body, type) {
  let answer;
  try {
    answer = await fetch(address, { method: "POST", body, headers: { "Content-Type": type }, redirect: "error" });
  } catch {
    throw new Refused("The server does not answer. Is it still running?");
  }
  if (answer.status === 403) throw new Refused("The server refused (403). The simulator works on the server's own machine, in development mode, without a Twilio token.");
  if (!answer.ok) throw new Refused(`The server answered with status ${answer.status}.`);
  return answer;
}

async function ask(address, values) {
  const answer = await post(address, JSON.stringify(values), "application/json");
  if (!answer.headers.get("Content-Type")?.includes("json")) throw new Refused("The server stumbled; its log says where.");
  return answer.json();
}

async function twiml(address, form) {
  const began = performance.now();
  const answer = await post(address, new URLSearchParams(form).toString(), "application/x-www-form-urlencoded");
  const source = await answer.text();
  const took = Math.round(performance.now() - began);
  const root = new DOMParser().parseFromString(source, "text/xml").documentElement;
  if (root.nodeName !== "Response") throw new Refused("The server's answer is not TwiML.");
  return { source, took, verbs: [...root.children] };
}

// ---- who is writing -------------------------------------------------------------------------------------------

const who = { number: "", name: "" };
const names = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });

function setUpCountries() {
  const [unknown, ...known] = $("country").options;
  for (const option of known) {
    option.value = option.textContent;
    option.textContent = names.of(option.value);
  }
  known.sort((a, b) => a.textContent.localeCompare(b.textContent));
  $("country").replaceChildren(unknown, ...known);
  const here = new Intl.Locale(navigator.language).maximize().region;
  $("country").value = known.some((option) => option.value === here) ? here : "";
}

function person(channel) {
  const country = $("country").value;
  if (channel === "whatsapp") return { From: country ? `whatsapp:${country}.${who.name}` : `whatsapp:${who.number}`, To: `whatsapp:${LINE}`, ProfileName: "Simulator" };
  return { From: who.number, To: LINE, ...(country && { FromCountry: country }) };
}

function describeSettings() {
  const chosen = (id) => $(id).selectedOptions[0].textContent;
  const channel = inCall() ? "Call" : chosen("channel");
  $("settings-now").textContent = `${channel} from ${$("country").value ? chosen("country") : "an unknown country"}, language: ${chosen("language")}`;
  $("channel").disabled = inCall();
}

// ---- the threads ----------------------------------------------------------------------------------------------

const inCall = () => document.querySelector("[name=mode]:checked").value === "call";
const shown = () => $(inCall() ? "call" : "texts");
const suggestions = $("suggestions");
const examples = [...suggestions.children].map((button) => button.textContent);
const openings = { texts: $("texts").querySelector(".intro"), call: $("call").querySelector(".intro") };

function show(thread, element) {
  thread.append(element);
  const over = element.offsetHeight - thread.clientHeight;
  thread.scrollTop = over > 0 ? element.offsetTop - thread.offsetTop : thread.scrollHeight;
}
const note = (thread, text) => show(thread, make("p", { className: "note", textContent: text }));

function mine(thread, text, how = "") {
  const bubble = make("div", { className: "bubble" }, make("span", { className: "unseen", textContent: "You: " }), text);
  show(thread, make("div", { className: "turn mine" }, how && make("span", { className: "how", textContent: how }), bubble));
}

function theirs(thread, { parts, why, meta, extra }) {
  const label = LEVELS[why?.level];
  const bubble = make("div", { className: "bubble" },
    label ? make("strong", { className: "badge", textContent: label }) : make("span", { className: "unseen", textContent: "The line: " }),
    ...parts.map((part) => make("p", { textContent: part })));
  show(thread, make("div", { className: `turn ${why?.level ?? ""}` }, bubble,
    make("p", { className: "meta", textContent: meta }), why && folded("Why", reasons(why)), extra));
}

function folded(title, content) {
  const details = make("details", {}, make("summary", { textContent: title }), make("div", { className: "panel" }, content));
  details.addEventListener("toggle", () => details.open && details.scrollIntoView({ block: "nearest" }));
  return details;
}

// Buttons with what one could say next, at the end of a thread.
function suggest(thread, texts, label = "") {
  const buttons = texts.map((text) => make("button", { type: "button", textContent: text }));
  suggestions.remove();
  suggestions.replaceChildren(...buttons);
  suggestions.ariaLabel = label;
  if (!buttons.length) return;
  thread.append(suggestions);
  thread.scrollTop = thread.scrollHeight;
}

// ---- why ------------------------------------------------------------------------------------------------------

function reasons(why) {
  const list = make("dl");
  const row = (name, ...content) => content.length && list.append(make("dt", { textContent: name }), make("dd", {}, ...content));
  row("Decision", why.decision);
  row("Level", LEVELS[why.level] ? `${why.level}${why.flag ? `, by the red flag ${why.flag}` : ""}` : "none: general information");
  if (why.topic) row("Topic and section", `${why.title}: ${why.section ?? "overview"}`);
  row("Language", `${why.language.name} (${why.language.code})`);
  row("Words as read", ...(why.words.length ? why.words.map(wordTag) : ["none"]));
  row("Ideas", ...(why.ideas.length ? why.ideas.map((idea) => tag(idea)) : ["none"]));
  row("Red flags touched", why.flags.length ? make("ul", {}, ...why.flags.map(flagItem)) : "none");
  const likely = why.candidates.filter(({ score }, place) => score >= 0.01 || !place);
  row(why.matched ? "Topics weighed" : "Topics it could have been (not used here)",
    likely.length ? make("ul", {}, ...likely.map(candidateItem)) : "none");
  row("How sure", `for this line at all ${why.chance.toFixed(2)}, lead over the second topic ${why.margin.toFixed(2)}`);
  const kept = Object.entries(why.remembered).map(([name, value]) => `${name}: ${[value].flat().join(", ")}`);
  row("Remembered", kept.join("; ") || "nothing");
  return list;
}

const tag = (text, extra = "") => make("span", { className: `tag ${extra}`, textContent: text });
const wordTag = ({ said, read }) => (said === read ? tag(read) : tag(`${said} \u2192 ${read}`, "mended"));

function flagItem(flag) {
  const verdict = flag.excuse ? `excused, ${EXCUSES[flag.excuse]}` : "fires";
  return make("li", {}, `${flag.id} (${flag.level}): `, make("span", { className: flag.excuse ? "" : "fires", textContent: verdict }),
    make("div", { className: "reasons", textContent: `said: ${flag.evidence.map((words) => `\u201c${words}\u201d`).join(", ")}` }));
}

function candidateItem({ title, score, reasons: parts }) {
  const meter = make("meter", { min: 0, max: 1, value: score, ariaLabel: `Score of ${title}` });
  return make("li", {}, make("div", { className: "row" }, make("span", { textContent: `${score.toFixed(2)} ${title}` }), meter),
    make("div", { className: "reasons", textContent: parts.filter(([, weight]) => Math.abs(weight) >= 0.05).map(([name, weight]) => `${name} ${weight < 0 ? "\u2212" : "+"}${Math.abs(weight).toFixed(1)}`).join(", ") }));
}

// ---- texting --------------------------------------------------------------------------------------------------

async function text(body) {
  const thread = $("texts");
  mine(thread, body);
  suggest(thread, []);
  const channel = $("channel").value;
  const form = {
    MessageSid: sid("SM"), AccountSid: ACCOUNT, ApiVersion: "2010-04-01", SmsStatus: "received", ...person(channel),
    Body: body, NumMedia: "0", NumSegments: "1",
  };
  const why = await ask("/simulator/explain", { address: "/sms", form }); // before the webhook changes what is remembered
  const { verbs, took } = await twiml("/sms", form);
  const messages = verbs.filter((verb) => verb.nodeName === "Message").map((verb) => verb.textContent);
  if (!messages.length) note(thread, "No message is sent in reply. To words like STOP and HELP Twilio itself answers.");
  for (const message of messages) {
    const price = await ask("/simulator/price", { text: message });
    theirs(thread, { parts: [message], why, meta: costs(price, channel, took) });
    if (message !== why.text) note(thread, "The channel sent other words than the engine chose: it adds or holds back some itself.");
  }
  suggest(thread, Array.from({ length: why.choices }, (_, place) => String(place + 1)), "Numbers to choose from");
}

function costs({ segments, encoding, characters, cents, costly }, channel, took) {
  const shared = [counted(characters, "character"), `${took} ms`];
  if (channel === "whatsapp") return ["WhatsApp: billed by message, not by segment", ...shared].join(DOT);
  const dear = costly.length ? ` because of ${costly.slice(0, 3).join(", ")}` : "";
  return [counted(segments, "segment"), encoding + dear, `${cents.toFixed(2)} US cents + carrier fees`, ...shared].join(DOT);
}

// ---- calling --------------------------------------------------------------------------------------------------

const call = { on: false, gather: null, pressed: "", timer: 0 };

async function dial() {
  Object.assign(call, { on: true, form: { CallSid: sid("CA"), AccountSid: ACCOUNT, ApiVersion: "2010-04-01", Direction: "inbound", ...person("voice") } });
  $("call").replaceChildren();
  refresh("Ringing.");
  const language = $("language").value;
  await follow(language ? `/voice?language=${language}` : "/voice", { CallStatus: "ringing" });
  if (call.on) suggest($("call"), examples, "Examples to say");
}

// One document after another, until the line listens or the call ends.
async function follow(address, fields, why = null) {
  for (let hop = 0; call.on; hop++) {
    if (hop > MOST_HOPS) return hangUp("The documents redirect in a loop; the call was cut.");
    const url = new URL(address, location.href);
    if (url.origin !== location.origin) return hangUp(`The document leads to another server (${url.host}); the simulator stops here.`);
    const page = await twiml(url, { ...call.form, CallStatus: "in-progress", ...fields });
    if (!call.on) return;
    const next = walk(page, url, why);
    if (!next) return;
    [address, fields, why] = [next, {}, null];
  }
}

// Goes through the verbs of a document; returns where it redirects to, if it does.
function walk(page, url, why) {
  const said = [];
  const says = (verb) => verb.nodeName === "Say" && said.push({ text: verb.textContent, language: verb.getAttribute("language") });
  const then = (next) => { if (said.length) hear(said, page, why); return next(); };
  for (const [place, verb] of page.verbs.entries()) {
    const name = verb.nodeName;
    [verb, ...verb.children].forEach(says);
    if (name === "Gather") return then(() => listen(verb, url, page.verbs.slice(place + 1)));
    if (name === "Redirect") return then(() => new URL(verb.textContent.trim(), url));
    if (name === "Dial") return then(() => hangUp(`The call is handed over to ${verb.textContent.trim()}.`));
    if (name === "Hangup" || name === "Reject") break;
    if (name !== "Say" && name !== "Pause") note($("call"), `The simulator leaves out <${name}>.`);
  }
  return then(() => hangUp("The line hung up."));
}

function hear(said, { source, took }, why) {
  const words = said.flatMap(({ text }) => text.match(/\S+/g) ?? []).length;
  const raw = make("pre", { tabIndex: 0, textContent: source.replace(/></g, ">\n<") });
  theirs($("call"), { parts: said.map(({ text }) => text), why, meta: `${counted(words, "word")} spoken${DOT}${took} ms`, extra: folded("TwiML", raw) });
  if (!$("speak").checked) return;
  speechSynthesis.cancel();
  for (const { text, language } of said) {
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(text), { lang: language ?? "" }));
  }
}

function listen(verb, url, rest) {
  const attribute = (name, otherwise) => verb.getAttribute(name) ?? otherwise;
  call.gather = {
    action: new URL(attribute("action", url.href), url), rest, url,
    input: attribute("input", "dtmf").split(" "), emptyToo: attribute("actionOnEmptyResult") === "true",
    count: Number(attribute("numDigits", Infinity)), finish: attribute("finishOnKey", "#"), seconds: Number(attribute("timeout", 5)) || 5,
  };
  refresh("The line listens.");
}

async function turn(fields, said, how) {
  const { action } = call.gather;
  call.gather = null;
  quiet();
  mine($("call"), said, how);
  suggest($("call"), []);
  refresh("The line answers.");
  const form = { ...call.form, ...fields };
  const why = await ask("/simulator/explain", { address: action.pathname + action.search, form });
  await follow(action, fields, why);
}

// A recogniser writes sentences: a capital first, a full stop last.
const heard = (words) => words[0].toUpperCase() + words.slice(1) + (/[.?!]$/.test(words) ? "" : ".");
const speak = (words) => turn({ SpeechResult: heard(words), Confidence: "0.9" }, words, "says");
const press = () => turn({ Digits: call.pressed }, call.pressed, "presses");

async function nothing(said = "\u2026", how = "stays silent") {
  const { emptyToo, rest, url } = call.gather;
  if (emptyToo) return turn({}, said, how);
  call.gather = null;
  mine($("call"), said, how);
  const next = walk({ source: "", took: 0, verbs: rest }, url, null);
  if (next) await follow(next, {});
}

function key(name) {
  const { count, finish } = call.gather;
  clearTimeout(call.timer);
  if (name === finish) return run(call.pressed ? press : () => nothing(name, "presses"));
  call.pressed += name;
  if (call.pressed.length >= count) return run(press);
  refresh(`Keys so far: ${call.pressed}`);
  call.timer = setTimeout(() => call.gather && run(press), call.gather.seconds * 1000);
}

function quiet() {
  clearTimeout(call.timer);
  call.pressed = "";
  window.speechSynthesis?.cancel();
}

function hangUp(reason) {
  const focused = $("handset").contains(document.activeElement);
  Object.assign(call, { on: false, gather: null, pressed: "" });
  clearTimeout(call.timer);
  if (reason === HUNG_UP) window.speechSynthesis?.cancel();
  note($("call"), reason);
  refresh("The call has ended.");
  suggest($("call"), []);
  if (focused) $("dial").focus();
}

function refresh(state) {
  $("state").textContent = state;
  $("dial").textContent = call.on ? "Hang up" : "Call";
  $("dial").classList.toggle("end", call.on);
  $("handset").hidden = !call.on;
  $("spoken").placeholder = call.gather && !call.gather.input.includes("speech") ? "Only keys are heard now" : "Say something";
}

// ---- the controls ---------------------------------------------------------------------------------------------

let queue = Promise.resolve();
let busy = 0;

// One thing after another; what goes wrong is told in the thread.
function run(task) {
  const thread = shown();
  busy++;
  queue = queue.then(task).catch((error) => {
    if (!(error instanceof Refused)) console.error(error);
    note(thread, error instanceof Refused ? error.message : "The simulator stumbled; the browser's console says where.");
    if (call.on && thread === $("call")) hangUp("The call was cut.");
  }).finally(() => busy--);
  return queue;
}

async function begin() {
  Object.assign(who, { number: `${$("country").value ? "+1555" : "+88351"}${digits(7)}`, name: `SIMULATOR${digits(8)}` });
  if (call.on) hangUp(HUNG_UP);
  for (const [id, opening] of Object.entries(openings)) $(id).replaceChildren(opening);
  describeSettings();
  await post("/simulator/new", JSON.stringify({ language: $("language").value || null }), "application/json");
  offerExamples();
}

const offerExamples = () => suggest(shown(), inCall() || $("texts").querySelector(".turn") ? [] : examples, "Examples to try");

function switchMode() {
  for (const id of ["texts", "write"]) $(id).hidden = inCall();
  for (const id of ["call", "phone"]) $(id).hidden = !inCall();
  describeSettings();
  offerExamples();
}

function send(box, action) {
  const words = box.value.trim();
  if (!words) return;
  box.value = "";
  box.focus();
  run(() => action(words));
}
const listening = (way) => !busy && call.gather?.input.includes(way);
const say = (box) => listening("speech") && send(box, speak);

$("write").addEventListener("submit", (event) => { event.preventDefault(); send($("message"), text); });
$("message").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send($("message"), text);
});
$("say").addEventListener("submit", (event) => { event.preventDefault(); say($("spoken")); });
$("silent").addEventListener("click", () => !busy && call.gather && run(nothing));
$("keys").addEventListener("click", (event) => event.target.value && listening("dtmf") && key(event.target.value));
$("dial").addEventListener("click", async () => {
  if (call.on) return hangUp(HUNG_UP);
  await run(dial);
  if (call.on) $("spoken").focus();
});
suggestions.addEventListener("click", (event) => {
  if (!event.target.closest("button")) return;
  const box = inCall() ? $("spoken") : $("message");
  box.value = event.target.textContent;
  if (inCall()) say(box);
  else send(box, text);
});
for (const radio of document.querySelectorAll("[name=mode]")) radio.addEventListener("change", switchMode);
for (const id of ["country", "language", "channel"]) $(id).addEventListener("change", () => run(begin));
$("new").addEventListener("click", async () => { await run(begin); (inCall() ? $("dial") : $("message")).focus(); });

$("aloud").hidden = !window.speechSynthesis;
$("speak").addEventListener("change", () => $("speak").checked || quiet());
setUpCountries();
switchMode();
run(begin);
if (matchMedia("(hover: hover)").matches) $("message").focus();
