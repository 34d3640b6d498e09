/** Who acts. Every verb of the service takes one; audit rows keep it. */
export type Role = "viewer" | "operator" | "owner";

export type Actor =
  | { readonly kind: "person"; readonly personId: string }
  | { readonly kind: "admin"; readonly adminId: string; readonly role: Role }
  | { readonly kind: "system"; readonly name: string }
  | { readonly kind: "webhook"; readonly source: string };
