export { createStudioProvider, type StudioParts } from "./provider.ts";
export { planShoot, type Shot, type ShootSource } from "./rules.ts";
