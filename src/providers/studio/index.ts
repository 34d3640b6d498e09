export { createStudioProvider } from "./provider.ts";
export { planShoot, type ShootSource } from "./rules.ts";
