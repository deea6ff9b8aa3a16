// SPDX-License-Identifier: Apache-2.0
#include <string_view>

namespace assay::report::html {

extern const std::string_view kScript;

// Reads the page's own elements only: no data in the script, so nothing of a report can end it.
const std::string_view kScript = R"js((() => {
  'use strict';
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const by = (id) => document.getElementById(id);

  const speak = (language) => {
    root.lang = language;
    for (const button of all('[data-set-lang]'))
      button.setAttribute('aria-pressed', String(button.dataset.setLang === language));
    for (const element of all('[data-zh]')) element.textContent = element.dataset[language];
  };
  for (const button of all('[data-set-lang]'))
    button.addEventListener('click', () => speak(button.dataset.setLang));

  const theme = by('theme');
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : dark.matches);
  const showTheme = () => theme.setAttribute('aria-pressed', String(isDark()));
  theme.addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    showTheme();
  });
  dark.addEventListener('change', showTheme);
  showTheme();
  by('print').addEventListener('click', () => window.print());

  const open = (holder, wanted) => {
    holder.classList.toggle('open', wanted);
    holder.querySelector('.more').setAttribute('aria-expanded', String(wanted));
  };
  for (const holder of all('.bundle')) open(holder, false);
  for (const button of all('.more')) {
    const holder = button.closest('.clause, .bundle');
    button.addEventListener('click', () => open(holder, !holder.classList.contains('open')));
  }

  const clauses = all('.clause');
  const words = clauses.map((clause) => clause.textContent.toLowerCase());
  const filters = all('.filter');
  const search = by('search');
  const standard = by('by-standard');
  const apply = () => {
    const pressed = filters.filter((chip) => chip.getAttribute('aria-pressed') === 'true')
      .map((chip) => chip.dataset.verdict);
    const tags = ['unverified', 'should'];
    const verdicts = pressed.filter((value) => !tags.includes(value));
    const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let visible = 0;
    const shown = new Set();
    clauses.forEach((clause, i) => {
      const { verdict, verified, force, standard: of } = clause.dataset;
      const fits = (!verdicts.length || verdicts.includes(verdict)) &&
        (!pressed.includes('unverified') || verified === 'false') &&
        (!pressed.includes('should') || force === 'should') &&
        (!standard.value || standard.value === of) &&
        wanted.every((word) => words[i].includes(word));
      clause.hidden = !fits;
      if (!fits) return;
      visible += 1;
      shown.add(of);
    });
    for (const head of all('tbody.standard')) head.hidden = !shown.has(head.dataset.standard);
    by('visible').textContent = String(visible);
    by('nothing').hidden = visible > 0;
  };
  const clear = () => {
    for (const chip of filters) chip.setAttribute('aria-pressed', 'false');
    search.value = '';
    standard.value = '';
    apply();
  };
  for (const chip of filters)
    chip.addEventListener('click', () => {
      chip.setAttribute('aria-pressed', String(chip.getAttribute('aria-pressed') !== 'true'));
      apply();
    });
  search.addEventListener('input', apply);
  standard.addEventListener('change', apply);
  by('reset').addEventListener('click', clear);

  const follow = () => {
    const target = by(decodeURIComponent(location.hash.slice(1)));
    if (!target || !target.classList.contains('clause')) return;
    if (target.hidden) clear();
    open(target, true);
    target.scrollIntoView();
  };
  window.addEventListener('hashchange', follow);
  follow();
})();
)js";

}  // namespace assay::report::html
