// Opens each file in Chromium, light and dark, wide and narrow, and prints as JSON what axe-core finds, what the page
// asked for besides itself, and whether it is wider than the window: node read.mjs CHROMIUM FILE...
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const axe = readFileSync(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
const [program, ...files] = process.argv.slice(2);
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
const browser = await chromium.launch({ executablePath: program, args: quiet });
const found = [];
for (const file of files) {
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [1200, 320]) {
      // The page's own policy forbids scripts, axe-core's too.
      const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
      const page = await context.newPage();
      const asked = [];
      page.on("request", (request) => asked.push(request.url()));
      await page.goto(pathToFileURL(file).href);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await page.evaluate(axe);
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const result = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values } }), tags);
      const faults = result.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
      found.push({ file, colorScheme, width, faults, beyond, asked: asked.slice(1), passed: result.passes.length });
      await context.close();
    }
  }
}
await browser.close();
console.log(JSON.stringify(found));
