/** The console's sheet: neutral, tabular, light and dark. */
export const STYLESHEET = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fafafa, #111214);
  --card: light-dark(#ffffff, #191b1e);
  --ink: light-dark(#16181d, #eceef1);
  --muted: light-dark(#5c626d, #a3a9b4);
  --line: color-mix(in srgb, var(--ink) 12%, transparent);
  --accent: light-dark(#0b6e66, #4fc3b5);
  --bad: light-dark(#b42318, #ff7b72);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 14px/1.45 system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1100px; margin: 0 auto; padding: 32px 16px 48px; }
header { display: flex; justify-content: space-between; align-items: center; }
h1 { font-size: 28px; line-height: 1.2; font-weight: 600; }
h2 { font-size: 16px; font-weight: 600; margin: 24px 0 8px; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(240px, 1fr)); gap: 0 32px; }
table { width: 100%; border-collapse: collapse; background: var(--card); border: 1px solid var(--line); border-radius: 12px; }
th, td { text-align: left; padding: 8px 12px; height: 40px; border-top: 1px solid var(--line); font-weight: 400; }
tr:first-child > * { border-top: 0; }
thead th { color: var(--muted); }
.columns td { text-align: right; }
button { font: inherit; min-height: 44px; padding: 8px 16px; border-radius: 6px; border: 1px solid var(--accent); background: var(--accent); color: light-dark(#ffffff, #0c1513); cursor: pointer; }
button.quiet { background: none; color: var(--ink); border-color: var(--line); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.muted { color: var(--muted); }
.problem { color: var(--bad); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
code { font-family: ui-monospace, monospace; font-size: 13px; }
`;
