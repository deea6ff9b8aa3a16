// SPDX-License-Identifier: Apache-2.0
//
// The HTML report in a browser: node report_test.mjs REPORT.html
import { kPhone, kWide, start } from './page.mjs';

const { accessible, check, open, run, same } = await start(process.argv[2]);

const visible = (page, selector) =>
  page.$$eval(selector, (all) => all.filter((element) => element.checkVisibility()).length);
const shownText = (page, selector) => page.locator(selector).first().innerText();
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

async function languages() {
  const { page } = await open();
  const first = await page.evaluate(() => document.documentElement.lang);
  const other = first === 'zh' ? 'en' : 'zh';
  const title = await page.title();
  same(await visible(page, `main span[lang="${other}"]`), 0, 'only the first language shows');
  const heading = await shownText(page, '#clauses h2');
  await page.click(`[data-set-lang="${other}"]`);
  same(await page.evaluate(() => document.documentElement.lang), other, 'lang of the page');
  same(await visible(page, `main span[lang="${first}"]`), 0, 'only the other language shows');
  check((await shownText(page, '#clauses h2')) !== heading, 'the heading changes its language');
  check((await page.title()) !== title, 'the title changes its language');
  for (const [language, pressed] of [[other, 'true'], [first, 'false']])
    same(
      await page.getAttribute(`[data-set-lang="${language}"]`, 'aria-pressed'),
      pressed,
      `switch to ${language}`,
    );
  await page.click(`[data-set-lang="${first}"]`);
  same(await shownText(page, '#clauses h2'), heading, 'and back');
  same(await page.title(), title, 'title and back');
}

async function themes() {
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await open({ colorScheme });
    const before = await background(page);
    same(
      await page.getAttribute('#theme', 'aria-pressed'),
      String(colorScheme === 'dark'),
      `${colorScheme} follows the system`,
    );
    await page.click('#theme');
    const after = await background(page);
    check(before !== after, `theme switch from ${colorScheme}`);
    await page.click('#theme');
    same(await background(page), before, `theme switch back to ${colorScheme}`);
  }
}

async function filters() {
  const { page } = await open();
  const all = await page.locator('.clause').count();
  const chips = await page.$$eval('.filter', (found) =>
    found.map((chip) => [chip.dataset.verdict, Number(chip.querySelector('b').textContent)]));
  for (const [verdict, count] of chips) {
    const chip = `.filter[data-verdict="${verdict}"]`;
    await page.click(chip);
    same(await visible(page, '.clause'), count, `rows of ${verdict}`);
    same(await shownText(page, '#visible'), String(count), `number shown for ${verdict}`);
    same(await visible(page, '#nothing'), count === 0 ? 1 : 0, `empty notice for ${verdict}`);
    await page.click(chip);
  }
  if (chips.length > 1) {
    await page.click(`.filter[data-verdict="${chips[0][0]}"]`);
    await page.click(`.filter[data-verdict="${chips[1][0]}"]`);
    same(await visible(page, '.clause'), chips[0][1] + chips[1][1], 'two verdicts add up');
  }
  await page.click('#reset');
  same(await visible(page, '.clause'), all, 'clear shows all');
  const standards = await page.$$eval('#by-standard option', (options) =>
    options.map((option) => option.value));
  for (const standard of standards.slice(1, 6)) {
    await page.selectOption('#by-standard', standard);
    const wanted = await page.$$eval(
      '.clause',
      (rows, id) => rows.filter((row) => row.dataset.standard === id).length,
      standard,
    );
    same(await visible(page, '.clause'), wanted, `rows of ${standard}`);
    same(await visible(page, 'tbody.standard'), 1, `one heading for ${standard}`);
  }
  await page.click('#reset');
}

async function search() {
  const { page } = await open();
  if ((await page.locator('.clause').count()) === 0) return;
  const code = await page.locator('.clause .more .code').last().textContent();
  await page.fill('#search', code.toLowerCase());
  const found = await visible(page, '.clause');
  const all = await page.locator('.clause').count();
  check(found >= 1 && found < Math.max(all, 2), `search for ${code} finds ${found} of ${all}`);
  await page.fill('#search', 'no such words \u{1F50E}');
  same(await visible(page, '.clause'), 0, 'nothing found');
  same(await visible(page, '#nothing'), 1, 'and said so');
  await page.click('#reset');
  same(await visible(page, '.clause'), all, 'clear ends the search');
}

async function details() {
  const { page } = await open();
  for (const holder of ['.clause', '.bundle']) {
    if ((await page.locator(holder).count()) === 0) continue;
    const one = page.locator(holder).first();
    const button = one.locator('.more');
    const body = one.locator('.details');
    same(await body.isVisible(), false, `${holder} closed at first`);
    same(await button.getAttribute('aria-expanded'), 'false', `${holder} says closed`);
    await button.focus();
    await page.keyboard.press('Enter');
    same(await body.isVisible(), true, `${holder} opens by keyboard`);
    same(await button.getAttribute('aria-expanded'), 'true', `${holder} says open`);
    same(
      await body.getAttribute('id'),
      await button.getAttribute('aria-controls'),
      `${holder} names what it opens`,
    );
  }
  const link = page.locator('.first a[href^="#c-"]').first();
  if ((await link.count()) === 0) return;
  await page.click('.filter[data-verdict="satisfied"]');
  await link.click();
  const target = page.locator(`[id="${(await link.getAttribute('href')).slice(1)}"]`);
  const opened = await target.locator('.details').isVisible();
  same(opened, true, 'a link opens its clause, filtered or not');
}

async function print() {
  const { page } = await open();
  await page.fill('#search', 'no such words');
  await page.emulateMedia({ media: 'print' });
  for (const rows of ['.clause > tr', '.details', '.bundle tbody tr', '#evidence tbody tr'])
    same(await visible(page, rows), await page.locator(rows).count(), `print shows ${rows}`);
  same(await visible(page, '.filters, .top'), 0, 'print hides the controls');
  const pdf = await page.pdf({ format: 'A4' });
  check(pdf.subarray(0, 5).toString() === '%PDF-', 'prints to PDF');
}

async function withoutScripts() {
  const { page } = await open({ javaScriptEnabled: false });
  const rows = page.locator('.clause .details');
  const allOpen = (await rows.count()) === 0 || (await rows.last().isVisible());
  check(allOpen, 'without scripts every row is open');
  const controls = await page.locator('.filters').isVisible();
  same(controls, false, 'without scripts no dead controls');
  const first = await page.locator('html').getAttribute('lang');
  for (const language of ['zh', 'en'])
    same(
      await page.locator(`h2 span[lang="${language}"]`).first().isVisible(),
      language === first,
      `without scripts: does ${language} show, where ${first} is first`,
    );
}

async function layout() {
  for (const viewport of [kWide, kPhone]) {
    const { page } = await open({ viewport });
    for (const language of ['zh', 'en']) {
      await page.click(`[data-set-lang="${language}"]`);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      check(wider <= 0, `at ${viewport.width} in ${language}: ${wider} too wide`);
    }
  }
}

async function accessibility() {
  const kLooks = [
    { colorScheme: 'light', viewport: kWide },
    { colorScheme: 'dark', viewport: kPhone },
  ];
  for (const options of kLooks) {
    const { page } = await open(options);
    for (const more of [page.locator('.clause .more'), page.locator('.bundle .more')])
      if ((await more.count()) > 0) await more.first().click();
    await accessible(page, `${options.viewport.width}, ${options.colorScheme}`);
  }
}

async function quiet() {
  const { page, told } = await open();
  const buttons = await page.locator('.switches button:not(#print), .filter').all();
  for (const button of buttons) await button.click();
  same(told.errors.join('; '), '', 'no console errors');
  same(told.requests.join(' '), '', 'no requests');
}

await run([
  languages, themes, filters, search, details, print, withoutScripts, layout, accessibility, quiet,
]);
