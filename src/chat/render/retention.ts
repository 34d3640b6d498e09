/** How long things are kept, in days (product.md section 10), for the texts that promise it. */
export const RETENTION_DAYS = { photos: 7, pictures: 30, models: 30 } as const;
