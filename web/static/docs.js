// Sends the examples of the API's reference from the page itself.

for (const details of document.querySelectorAll(".try")) {
  details.hidden = false;
  const form = details.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const output = form.querySelector("pre");
    output.hidden = false;
    output.textContent = "…";
    try {
      const response = await fetch(address(form), request(form));
      output.textContent = `${response.status} ${response.statusText}\n${pretty(await response.text())}`;
    } catch (error) {
      output.textContent = String(error);
    }
  });
}

function address(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const input of form.querySelectorAll("input")) {
    const place = `{${input.name}}`;
    if (path.includes(place)) path = path.replace(place, encodeURI(input.value));
    else if (input.value) query.set(input.name, input.value);
  }
  return query.size ? `${path}?${query}` : path;
}

function request(form) {
  const { method } = form.dataset;
  if (!form.elements.body) return { method, credentials: "omit" };
  return {
    method,
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: form.elements.body.value,
  };
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
