import type { Child } from "hono/jsx";
import { raw } from "hono/html";
import type { Role } from "../src/ports/actor.ts";
import type { Today } from "../src/ports/for-admins.ts";

function Page({ title, children }: { title: string; children: Child }) {
  return (
    <>
      {raw("<!doctype html>")}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="color-scheme" content="light dark" />
          <title>{title} · ProHeadshots console</title>
          <link rel="stylesheet" href="/admin/console.css" />
        </head>
        <body>
          <main>{children}</main>
        </body>
      </html>
    </>
  );
}

/** For nobody signed in: how to get in, or the button that uses a link up. */
export function SignedOutPage({ token, problem }: { token: string | null; problem: string | null }) {
  return (
    <Page title="Sign in">
      <h1>ProHeadshots console</h1>
      {problem === null ? null : <p class="problem">{problem}</p>}
      {token === null ? (
        <p>
          Sign in with a one-time link: run <code>npx proheadshots console-link</code> on the machine that
          serves this page. The link works once, for 15 minutes.
        </p>
      ) : (
        <form method="post" action={`/admin/sign-in/${token}`}>
          <button type="submit">Sign in</button>
        </form>
      )}
    </Page>
  );
}

/** USD with the digits that matter. */
function usd(micros: number): string {
  const digits = micros === 0 || micros >= 1_000_000 ? 2 : 4;
  return `${(micros / 1e6).toFixed(digits)} USD`;
}

function Counts({ title, rows }: { title: string; rows: Today["ordersByState"] }) {
  return (
    <section>
      <h2>{title}</h2>
      {rows.length === 0 ? (
        <p class="muted">None yet.</p>
      ) : (
        <table>
          <tbody>
            {rows.map(({ state, count }) => (
              <tr>
                <th scope="row">{state.replaceAll("_", " ")}</th>
                <td>{count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** Where work stands, what was spent, and what needs a human. */
export function TodayPage({ today, role }: { today: Today; role: Role }) {
  return (
    <Page title="Today">
      <header>
        <h1>Today</h1>
        <form method="post" action="/admin/sign-out">
          <button type="submit" class="quiet">
            Sign out
          </button>
        </form>
      </header>
      <p>
        Spent today <strong>{usd(today.spentTodayMicros)}</strong>, this month{" "}
        <strong>{usd(today.spentMonthMicros)}</strong>.
      </p>
      <div class="columns">
        <Counts title="Orders" rows={today.ordersByState} />
        <Counts title="Steps" rows={today.stepsByState} />
      </div>
      <section>
        <h2>Needs a human</h2>
        {today.stuck.length === 0 ? (
          <p class="muted">Nothing is stuck.</p>
        ) : (
          <table>
            <thead>
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Why</th>
                <th scope="col">Next</th>
                <th scope="col">
                  <span class="hidden">Action</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {today.stuck.map((step) => (
                <tr>
                  <th scope="row">
                    {step.kind} <code>{step.subjectId}</code>
                  </th>
                  <td>{step.reason}</td>
                  <td>{step.nextAction}</td>
                  <td>
                    {role === "viewer" ? null : (
                      <form method="post" action={`/admin/steps/${step.id}/retry`}>
                        <button type="submit">Try again</button>
                      </form>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </section>
    </Page>
  );
}
