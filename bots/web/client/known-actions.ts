/** The few actions that the page itself must tell apart; all others are only carried back. */

/** The retake belongs to the order, so its button is the message's; the viewer offers it beside the picture. */
export const isRetake = (action: string): boolean => action.startsWith("retake:");

/** Afterwards the page's own words are in another language too. */
export const isLanguage = (action: string): boolean => action.startsWith("lang:");
