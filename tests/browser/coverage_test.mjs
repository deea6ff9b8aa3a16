// SPDX-License-Identifier: Apache-2.0
//
// The pages of `assay document coverage` and `compare` in a browser: node coverage_test.mjs PAGE.html
import { kPhone, kWide, start } from './page.mjs';

const { accessible, check, open, run, same } = await start(process.argv[2]);

async function languages() {
  const { page } = await open();
  const lang = await page.evaluate(() => document.documentElement.lang);
  const other = lang === 'zh' ? 'en' : 'zh';
  const hidden = await page.$$eval(`span[lang="${other}"]`, (all) =>
    all.filter((element) => element.checkVisibility()).length);
  same(hidden, 0, 'only one language shows');
}

// Each place beside a quotation leads to its passage in the text, each name in the map to its part.
async function links() {
  const { page } = await open();
  const targets = await page.$$eval('a[href^="#"]', (all) => all.map((a) => a.getAttribute('href')));
  const dead = [];
  for (const target of new Set(targets))
    if ((await page.locator(`[id="${target.slice(1)}"]`).count()) !== 1) dead.push(target);
  same(dead.join(' '), '', 'links lead somewhere');
  if ((await page.locator('details').count()) === 0) return;
  await page.locator('details summary').first().click();
  const quotation = page.locator('details[open] blockquote').first();
  check(await quotation.isVisible(), 'a rating opens to its passages');
  const link = quotation.locator('a');
  if ((await link.count()) === 0) return;
  await link.click();
  check(await page.locator('mark:target').isVisible(), 'the passage stands in view');
}

async function layout() {
  const { page } = await open({ viewport: kPhone });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  check(wider <= 0, `on a phone the page is ${wider} px too wide`);
}

async function accessibility() {
  for (const [colorScheme, viewport] of [['light', kWide], ['dark', kPhone]]) {
    const { page } = await open({ colorScheme, viewport });
    for (const more of (await page.locator('details summary').all()).slice(0, 3)) await more.click();
    await accessible(page, `${viewport.width}, ${colorScheme}`);
  }
}

async function quiet() {
  const { told } = await open();
  same(told.errors.join('; '), '', 'no console errors');
  same(told.requests.join(' '), '', 'no requests');
}

await run([languages, links, layout, accessibility, quiet]);
