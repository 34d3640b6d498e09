/** What a transport says when an event could not be taken; nothing that was accepted is lost. */
export const errors = {
  full: "The disk here is full, so I could not save that. Nothing you sent before is lost. Try again later.",
  busy: "I could not save that just now. Nothing is lost. Send it again in a moment.",
  failed: "Something went wrong on our side. Nothing is lost and nothing was charged. Try again.",
};
