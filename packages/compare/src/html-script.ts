/** What makes a difference report answer to keys and filters. Plain browser JavaScript; builds elements by copying, never from text. */
export const htmlScript: string = `
'use strict';
(() => {
  const one = (selector) => document.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const panel = one('#panel'), rule = one('#rule'), status = one('#status'), changed = one('#changed'), count = one('#count');
  const marks = all('.d'), stops = all('.d[tabindex]');
  let shown = stops, at = -1;
  const fits = (mark) =>
    (!rule.value || mark.dataset.r.split('\\u001f').includes(rule.value)) && (!status.value || mark.dataset.s.split(' ').includes(status.value));
  const filter = () => {
    for (const mark of marks) mark.classList.toggle('other', !fits(mark));
    shown = stops.filter(fits);
    const keep = new Set(shown.map((mark) => mark.closest('.row')));
    const narrow = Boolean(rule.value || status.value);
    for (const row of all('.row')) row.classList.toggle('out', narrow && !keep.has(row));
    document.body.classList.toggle('only', changed.checked);
    at = -1;
    tell();
  };
  const tell = () => { count.textContent = (at < 0 ? '' : at + 1 + ' of ') + shown.length; };
  const show = (mark) => {
    for (const other of all('.d.at')) other.classList.remove('at');
    at = shown.indexOf(mark);
    const same = mark.dataset.c ? all('.d[data-c="' + mark.dataset.c + '"]') : [mark];
    for (const twin of same) if (twin.closest('.page') === mark.closest('.page')) twin.classList.add('at');
    panel.replaceChildren(...mark.dataset.c.split(' ').filter(Boolean).map((number) => {
      const copy = document.getElementById('c' + number).cloneNode(true);
      copy.removeAttribute('id');
      return copy;
    }));
    if (!panel.childElementCount) panel.textContent = 'No change accounts for this difference.';
    panel.hidden = !mark.dataset.c && !mark.dataset.s;
    tell();
  };
  const go = (step) => {
    if (!shown.length) return;
    at = (at + step + shown.length + (at < 0 && step < 0 ? 1 : 0)) % shown.length;
    const mark = shown[at];
    mark.focus({ preventScroll: true });
    mark.scrollIntoView({ block: 'center' });
    show(mark);
  };
  const goUnexplained = () => {
    const next = shown.findIndex((mark, index) => index > at && mark.classList.contains('unexplained'));
    const first = shown.findIndex((mark) => mark.classList.contains('unexplained'));
    if (first < 0) return;
    at = (next < 0 ? first : next) - 1;
    go(1);
  };
  const keys = {
    j: () => go(1), ArrowDown: () => go(1), k: () => go(-1), ArrowUp: () => go(-1), u: goUnexplained,
    c: () => { changed.checked = !changed.checked; filter(); },
    f: () => rule.focus(),
    Escape: () => { panel.hidden = true; document.activeElement.blur(); }
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== 'Escape' && /^(SELECT|INPUT)$/.test(event.target.tagName)) return;
    if (event.key.startsWith('Arrow') && at < 0) return;
    const act = keys[event.key];
    if (act) { act(); event.preventDefault(); }
    else if (event.key === 'Enter' && event.target.classList.contains('d')) show(event.target);
  });
  document.addEventListener('click', (event) => {
    const mark = event.target.closest('.d');
    if (!mark) return;
    const same = mark.hasAttribute('tabindex') || !mark.dataset.c ? mark : all('.d[tabindex][data-c="' + mark.dataset.c + '"]').find((twin) => twin.closest('.row') === mark.closest('.row'));
    show(same || mark);
  });
  for (const box of [rule, status, changed]) box.addEventListener('change', filter);
  one('#next').addEventListener('click', () => go(1));
  one('#previous').addEventListener('click', () => go(-1));
  filter();
})();
`
