// The scenarios as tabs, each with an address (WAI-ARIA Authoring Practices, "Tabs").
import { element } from '../dom.js';

const STEP = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * @param scenarios `[{name, title, panel, show?, leave?}]`. The address of each is `#name`; all other addresses lead to the first one.
 */
export function scenarioTabs(list, scenarios) {
  const first = scenarios[0];
  let current;
  // The last address of the first one.
  let address = location.hash;

  const tabs = scenarios.map((scenario) => {
    const tab = element(
      'button',
      { type: 'button', role: 'tab', id: `tab-${scenario.name}`, 'aria-controls': scenario.panel.id, tabindex: '-1' },
      scenario.title,
    );
    tab.addEventListener('click', () => go(scenario));
    return tab;
  });
  list.append(...tabs);

  const addressed = () => scenarios.find(({ name }) => `#${name}` === location.hash) ?? first;

  function show(scenario) {
    if (current === scenario) return;
    current?.leave?.();
    current = scenario;
    scenarios.forEach((each, index) => {
      const isIt = each === scenario;
      each.panel.hidden = !isIt;
      tabs[index].setAttribute('aria-selected', String(isIt));
      tabs[index].tabIndex = isIt ? 0 : -1;
    });
    if (scenario !== first) document.title = `${scenario.title} · Poolpass demo`;
    scenario.show?.();
  }

  function go(scenario) {
    if (scenario === current) return;
    if (current === first) address = location.hash;
    const hash = scenario === first ? address : `#${scenario.name}`;
    history.pushState(null, '', hash || location.pathname);
    show(scenario);
  }

  list.addEventListener('keydown', (event) => {
    const here = tabs.indexOf(document.activeElement);
    const ends = { Home: 0, End: tabs.length - 1 };
    const to = ends[event.key] ?? (STEP[event.key] && (here + STEP[event.key] + tabs.length) % tabs.length);
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    tabs[to].focus();
    tabs[to].click();
  });
  addEventListener('popstate', () => show(addressed()));

  return {
    /** Shows the scenario of the page's address. */
    start: () => show(addressed()),
    go: (name) => go(scenarios.find((scenario) => scenario.name === name)),
    /** Whether a scenario other than the first one is shown. */
    covers: () => addressed() !== first,
  };
}
