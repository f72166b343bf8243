"use strict";
// A link without #passage lands on the quoted words all the same.
(() => {
  const passage = document.getElementById("passage");
  if (!passage || location.hash) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  passage.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  passage.focus({ preventScroll: true });
})();
