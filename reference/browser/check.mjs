// Looks at the reference in Chromium. Called by `run`: node check.mjs NODE_MODULES CHROMIUM PAGE OUT
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, chromium, page, out] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(modules, "here.js"));
const { chromium: browsers } = require("playwright-core");
const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
const url = pathToFileURL(page).href;

const FLAGS = [
  "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const PHONE = { viewport: { width: 375, height: 812 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const SMALL_PHONE = { ...PHONE, viewport: { width: 320, height: 640 } };
const DESKTOP = { viewport: { width: 1440, height: 900 } };
const LEVEL_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const problems = [];
const browser = await browsers.launch({
  executablePath: chromium,
  chromiumSandbox: process.getuid?.() !== 0,
  args: FLAGS,
});

/// Opens the page, hands it to `look`, and reports what it tells on the console or tries to fetch.
async function open(name, settings, look) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...settings });
  const tab = await context.newPage();
  const complain = (what) => problems.push(`${name}: ${what}`);
  tab.on("console", (message) => ["error", "warning"].includes(message.type()) && complain(`console: ${message.text()}`));
  tab.on("pageerror", (error) => complain(`script: ${error.message}`));
  tab.on("request", (request) => {
    if (!request.url().startsWith("data:") && request.url().split("#")[0] !== url) complain(`fetches ${request.url()}`);
  });
  try {
    await tab.goto(url);
    await look(tab, complain);
  } catch (error) {
    complain(error.message.split("\n")[0]);
  }
  await context.close();
  console.log(`looked: ${name}`);
}

async function noSidewaysScroll(tab, complain) {
  const wide = await tab.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return null;
    const out = [...document.body.querySelectorAll("*")].find(
      (it) => it.getBoundingClientRect().right > width + 1 && !it.closest(".scroll, pre, .skip"));
    return out ? `${out.tagName}: ${out.textContent.slice(0, 60)}` : "something";
  });
  if (wide) complain(`scrolls sideways because of ${wide}`);
}

async function accessible(tab, complain) {
  await tab.evaluate(axe);
  const { violations, passes } = await tab.evaluate((tags) => globalThis.axe.run({ runOnly: tags }), LEVEL_AA);
  for (const { id, help, nodes } of violations) {
    complain(`axe: ${id}: ${help}: ${nodes.length} times, first ${nodes[0].target} ${nodes[0].failureSummary}`);
  }
  if (passes.length < 15) complain(`axe looked at ${passes.length} rules only`);
}

const unfold = (tab) => tab.evaluate(() => document.querySelectorAll("details").forEach((it) => (it.open = true)));

for (const [size, settings] of Object.entries({ phone: PHONE, "small-phone": SMALL_PHONE, desktop: DESKTOP })) {
  for (const colorScheme of ["light", "dark"]) {
    const name = `${size}-${colorScheme}`;
    await open(name, { ...settings, colorScheme }, async (tab, complain) => {
      await tab.screenshot({ path: join(out, `${name}.png`) });
      await unfold(tab);
      await noSidewaysScroll(tab, complain);
      await accessible(tab, complain);
      for (const id of ["first", "RecoverDataVolume", "RecoverDataVolume-request", "RestoreBackup-rules", "RestoreBackup-errors", "corrections"]) {
        await tab.evaluate((id) => document.getElementById(id).scrollIntoView(), id);
        await tab.screenshot({ path: join(out, `${name}-${id}.png`) });
      }
    });
  }
}

await open("without-script", { ...DESKTOP, javaScriptEnabled: false }, async (tab, complain) => {
  if (await tab.locator("#search").isVisible()) complain("shows a search that does nothing");
  for (const text of ["power_on", "1.073741824E9", "BackupService.2010"]) {
    if (!(await tab.locator("main").textContent()).includes(text)) complain(`does not have ${text}`);
  }
  if (!(await tab.locator("#RecoverDataVolume").isVisible())) complain("does not show an operation");
});

await open("search", DESKTOP, async (tab, complain) => {
  for (const [query, place] of [
    ["power_on", "RestoreBackup.request.restore.power_on"],
    ["port 8080", "correction-port-8080"],
    ["503", "a-503"],
    ["api-jobs", "QueryApiJob"],
    ["ID.1001", "RecoverBackupFromImageStoreBackupStorage.error.503.ID.1001"],
    ["SYS.1006 RecoverDataVolume", "RecoverDataVolume.error.503.SYS.1006"],
    ["cause recoverdatavolume", "RecoverDataVolume.200.error.cause"],
  ]) {
    await tab.fill("#query", query);
    await tab.press("#query", "Enter");
    const hash = decodeURIComponent(await tab.evaluate(() => location.hash));
    if (!hash.startsWith(`#${place}`)) complain(`"${query}" leads to ${hash} and not to #${place}`);
    if (!(await tab.locator(`[id="${hash.slice(1)}"]`).isVisible())) complain(`${hash} is not to be seen`);
  }
  await tab.fill("#query", "error");
  await tab.screenshot({ path: join(out, "search.png") });
  await accessible(tab, complain);
  await tab.fill("#query", "xyzzy");
  if ((await tab.locator("#found a").count()) !== 0) complain("finds what is not there");
});

await open("print", { ...DESKTOP, colorScheme: "dark" }, async (tab, complain) => {
  await tab.emulateMedia({ media: "print" });
  if (await tab.locator(".bar").isVisible()) complain("prints the navigation");
  const hidden = await tab.evaluate(() => {
    dispatchEvent(new Event("beforeprint"));
    return document.querySelectorAll("main details:not([open])").length;
  });
  if (hidden) complain(`leaves ${hidden} parts folded`);
  await tab.pdf({ path: join(out, "print.pdf"), format: "A4", printBackground: false, margin: { top: "15mm", bottom: "15mm", left: "13mm", right: "13mm" } });
});

await browser.close();
for (const problem of problems) console.error(`problem: ${problem}`);
console.log(`${problems.length} problems; screenshots are in ${out}`);
process.exitCode = problems.length ? 1 : 0;
