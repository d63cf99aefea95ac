// The page reads without this. It adds a search over the anchors, and buttons that copy.
(() => {
  const [form, input, found] = ["search", "query", "found"].map((id) => document.getElementById(id));
  const places = [...document.querySelectorAll("article, section, tr, .card, #grades, h3, .points li")]
    .filter((place) => place.id)
    .map((place) => ({
      id: place.id,
      name: place.matches("tr") ? place.id : place.querySelector("h1, h2, h3, strong")?.textContent || place.textContent,
      text: (place.matches("article, section") ? place.firstElementChild : place).textContent.toLowerCase(),
    }));

  function search() {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (text) => wanted.every((word) => text.includes(word));
    const byName = (place) => has((place.name + " " + place.id).toLowerCase());
    const rank = (place) =>
      place.id.toLowerCase().endsWith("." + wanted.join(".")) ? 0 : byName(place) ? 1 : has(place.text) ? 2 : 3;
    const hits = wanted.length ? [0, 1, 2].flatMap((wish) => places.filter((place) => rank(place) === wish)) : [];
    found.hidden = !wanted.length;
    const note = document.createElement("p");
    note.textContent = `places: ${hits.length}` + (hits.length > 30 ? ", the first 30:" : "");
    found.replaceChildren(note);
    for (const hit of hits.slice(0, 30)) {
      const link = document.createElement("a");
      link.href = "#" + hit.id;
      link.textContent = hit.name.replace(".", ": ");
      link.addEventListener("click", close);
      found.append(link);
    }
  }

  function close() {
    input.value = "";
    search();
  }

  // What a link leads to may be folded.
  function unfold() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let it = target; it; it = it.parentElement) if (it.matches("details")) it.open = true;
    target?.scrollIntoView();
  }

  input.addEventListener("input", search);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    found.querySelector("a")?.click();
  });
  form.addEventListener("keydown", (event) => event.key === "Escape" && close());
  addEventListener("hashchange", unfold);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((it) => (it.open = true)));
  search();
  form.hidden = false;
  if (location.hash) unfold();

  for (const code of document.querySelectorAll("figure.code")) {
    const button = document.createElement("button");
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(code.querySelector("pre").textContent);
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
    code.querySelector("figcaption").append(button);
  }
})();
