CREATE INDEX `attempt_by_end` ON `attempt` (`provider`,`state`,`id`);--> statement-breakpoint
CREATE INDEX `orders_delivered` ON `orders` (`product`,`round`,`id`) WHERE delivered_at IS NOT NULL;