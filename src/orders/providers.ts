import type { Product } from "../ports/product.ts";
import type { Provider } from "../ports/provider.ts";
import type { OrderDeps } from "./order-deps.ts";

/** The provider that makes a product here, or null. The router picks among several once there are several. */
export function providerFor(deps: Pick<OrderDeps, "providers">, product: Product): Provider | null {
  return [...deps.providers.values()].find((provider) => provider.products.includes(product)) ?? null;
}
