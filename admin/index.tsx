import { Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import { csrf } from "hono/csrf";
import { secureHeaders } from "hono/secure-headers";
import type { ForAdmins } from "../src/ports/for-admins.ts";
import { SignedOutPage, TodayPage } from "./pages.tsx";
import { STYLESHEET } from "./stylesheet.ts";

export interface ConsoleOptions {
  readonly admins: ForAdmins;
  /** Behind https the cookie gets the `__Host-` prefix and Secure. */
  readonly https: boolean;
}

/** The name of the console's session cookie. */
export function sessionCookieName(https: boolean): string {
  return https ? "__Host-console" : "console";
}

/** The operator's console under `/admin`: sign in by a one-time link, see where work stands, send dead work on. */
export function createConsole({ admins, https }: ConsoleOptions): Hono {
  const app = new Hono();
  const cookieName = sessionCookieName(https);

  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: "no-referrer",
    }),
  );
  app.use(csrf());

  app.get("/console.css", (c) => {
    c.header("content-type", "text/css; charset=utf-8");
    c.header("cache-control", "public, max-age=3600");
    return c.body(STYLESHEET);
  });

  app.get("/sign-in/:token", (c) =>
    // A press of a button uses the link up, so that a preview by a chat or mail program does not.
    c.html(<SignedOutPage token={c.req.param("token")} problem={null} />),
  );

  app.post("/sign-in/:token", async (c) => {
    const signedIn = await admins.signIn(c.req.param("token"));
    if (signedIn === null) {
      return c.html(<SignedOutPage token={null} problem="This link was used already or is too old." />, 401);
    }
    setCookie(c, cookieName, signedIn.cookie, {
      httpOnly: true,
      sameSite: "Lax",
      secure: https,
      path: "/",
      expires: new Date(signedIn.expiresAt),
    });
    return c.redirect("/admin");
  });

  app.get("/", async (c) => {
    const session = await admins.session(getCookie(c, cookieName) ?? "");
    if (session === null) return c.html(<SignedOutPage token={null} problem={null} />, 401);
    return c.html(<TodayPage today={await admins.today()} role={session.role} />);
  });

  app.post("/steps/:id/retry", async (c) => {
    const session = await admins.session(getCookie(c, cookieName) ?? "");
    if (session === null) return c.html(<SignedOutPage token={null} problem={null} />, 401);
    await admins.retryStep(session, c.req.param("id"));
    return c.redirect("/admin");
  });

  app.post("/sign-out", async (c) => {
    const session = await admins.session(getCookie(c, cookieName) ?? "");
    if (session !== null) await admins.signOut(session);
    deleteCookie(c, cookieName, { path: "/", secure: https });
    return c.redirect("/admin");
  });

  return app;
}
