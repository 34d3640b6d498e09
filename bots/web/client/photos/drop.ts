/** Takes photos that are dropped anywhere or pasted; `overlay` shows while they are held over the page. */
export function takeDroppedAndPasted(overlay: HTMLElement, add: (files: readonly File[]) => void): void {
  let depth = 0;
  const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const show = (shown: boolean): void => {
    overlay.hidden = !shown;
    if (!shown) depth = 0;
  };

  window.addEventListener("dragenter", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth++;
    show(true);
  });
  window.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = "copy";
  });
  window.addEventListener("dragleave", (event) => {
    if (carriesFiles(event) && --depth <= 0) show(false);
  });
  window.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    show(false);
    if (event.dataTransfer !== null)
      void filesOf(event.dataTransfer).then((files) => files.length > 0 && add(files));
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  });
}

/** The files of a drop, those of dropped folders included. */
async function filesOf(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry());
  if (!entries.some((entry) => entry?.isDirectory)) return [...data.files];
  const found = await Promise.all(
    entries.map((entry) => (entry === null ? Promise.resolve([]) : filesIn(entry))),
  );
  return found.flat().filter((file) => file.type.startsWith("image/") || /\.hei[cf]$/i.test(file.name));
}

function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry instanceof FileSystemFileEntry) {
    return new Promise((resolve) =>
      entry.file(
        (file) => resolve([file]),
        () => resolve([]),
      ),
    );
  }
  if (!(entry instanceof FileSystemDirectoryEntry)) return Promise.resolve([]);
  const reader = entry.createReader();
  const readOn = async (before: FileSystemEntry[]): Promise<FileSystemEntry[]> => {
    // A reader gives a hundred at a time, and none when it is through.
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    return some.length === 0 ? before : readOn([...before, ...some]);
  };
  return readOn([]).then(async (entries) => (await Promise.all(entries.map(filesIn))).flat());
}
