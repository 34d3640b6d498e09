import { button, danger, primary, text, view, type Renderer } from "./context.ts";

/** As many as fit a chat's buttons; older orders are in the export. */
const MOST_LISTED = 8;

export const renderOrders: Renderer<"orders"> = async ({ copy, format, people, who }) => {
  const words = copy.orders.list;
  const orders = (await people.orders(who)).slice(0, MOST_LISTED);
  const start = [primary(copy.buttons.newOrder, { do: "command", name: "headshots" })];
  if (orders.length === 0) return view([text(words.empty)], [start]);
  return view(
    [
      {
        kind: "receipt",
        title: words.title,
        lines: orders.map((order, at) => ({
          label: `${at + 1}. ${format.day(order.createdAt)}`,
          value: `${words.line(copy.orders.products[order.product], order.count)}: ${copy.orders.states[order.state]}`,
        })),
      },
    ],
    [orders.map((order, at) => button(words.open(at + 1), { do: "order", orderId: order.id })), start],
  );
};

export const renderFaces: Renderer<"faces"> = async ({ copy, format, people, who }) => {
  const words = copy.account.faces;
  const faces = (await people.faces(who)).slice(0, MOST_LISTED);
  if (faces.length === 0) {
    return view(
      [text(words.empty)],
      [[primary(copy.buttons.newOrder, { do: "command", name: "headshots" })]],
    );
  }
  return view(
    [
      {
        kind: "receipt",
        title: words.title,
        lines: faces.map((face) => ({
          label: face.name,
          value: [
            words.line(face.kept, format.day(face.createdAt)),
            ...(face.expiresAt === null ? [] : [words.expires(format.day(face.expiresAt))]),
          ].join(", "),
        })),
      },
    ],
    faces.map((face) => [
      button(copy.buttons.showPhotos(face.name), { do: "photos", faceId: face.id }),
      button(copy.buttons.deletePhotos(face.name), { do: "ask_delete_face", faceId: face.id }),
    ]),
  );
};

/** Asks once, with the count that will be hit. */
export const renderFaceDelete: Renderer<"face_delete"> = async ({ copy, people, who }, { faceId }) => {
  const face = await people.face(who, faceId);
  if (face === null) return view([text(copy.account.faces.gone, "muted")]);
  const photos = face.selfies.filter((selfie) => selfie.state !== "removed" && selfie.state !== "expired");
  return view(
    [text(copy.account.faces.ask(face.name, photos.length))],
    [
      [
        danger(copy.buttons.deletePhotos(face.name), { do: "delete_face", faceId }),
        button(copy.buttons.keepAll, { do: "command", name: "faces" }),
      ],
    ],
  );
};
