// SPDX-License-Identifier: Apache-2.0
//
// What the tests of pages share: the page in Chromium with everything it says and asks for written
// down, and the count of what held.
import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const kChromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
const kArguments = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
export const kWide = { width: 1280, height: 900 };
export const kPhone = { width: 390, height: 844 };
const kSerious = ['serious', 'critical'];

export async function start(path) {
  if (!path || !existsSync(path)) {
    console.error(`no page at ${path}`);
    process.exit(2);
  }
  const url = pathToFileURL(resolve(path)).href;
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const browser = await chromium.launch({ executablePath: kChromium, args: kArguments });

  let passed = 0;
  let failed = 0;
  const check = (holds, what) => {
    if (holds) passed += 1;
    else failed += 1;
    if (!holds) console.error(`FAILED: ${what}`);
  };
  const same = (actual, expected, what) =>
    check(
      actual === expected,
      `${what}: got ${JSON.stringify(actual)}, want ${JSON.stringify(expected)}`,
    );

  async function open(options = {}) {
    const context = await browser.newContext({ viewport: kWide, ...options });
    const page = await context.newPage();
    const told = { errors: [], requests: [] };
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) told.errors.push(message.text());
    });
    page.on('pageerror', (error) => told.errors.push(String(error)));
    page.on('request', (request) => {
      const asked = request.url();
      if (asked !== url && !asked.startsWith('data:')) told.requests.push(asked);
    });
    await page.goto(url);
    return { page, told };
  }

  // What a person with a screen reader would stumble over, by axe-core. The page forbids scripts from
  // elsewhere; the tool is put in from outside it.
  async function accessible(page, what) {
    await page.evaluate(source);
    const { violations } = await page.evaluate(() =>
      globalThis.axe.run(document, { resultTypes: ['violations'] }));
    for (const { impact, id, nodes } of violations)
      console.error(`axe ${impact}: ${id}: ${nodes.length} × ${nodes[0].html.slice(0, 160)}`);
    same(
      violations.filter((found) => kSerious.includes(found.impact)).length,
      0,
      `axe at ${what}`,
    );
  }

  async function run(tests) {
    for (const test of tests) {
      try {
        await test();
      } catch (error) {
        check(false, `${test.name}: ${error.message}`);
      }
    }
    await finish();
  }

  async function finish() {
    await browser.close();
    console.log(`${passed} passed, ${failed} failed`);
    process.exit(failed === 0 ? 0 : 1);
  }

  return { accessible, check, open, run, same };
}
