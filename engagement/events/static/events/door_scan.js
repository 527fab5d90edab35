/* Reads the codes of tickets with the camera, where the browser can; says what it read in
   the event "door:scanned". */
(async () => {
  "use strict";
  const EVERY = 250;
  const box = document.querySelector("[data-door]");
  const button = box.querySelector("[data-scan]");
  const window_ = box.querySelector("[data-scanner]");
  const video = window_.querySelector("video");
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const formats = await BarcodeDetector.getSupportedFormats().catch(() => []);
  if (!formats.includes("qr_code")) return;
  const detector = new BarcodeDetector({ formats: ["qr_code"] });
  button.hidden = false;

  async function look() {
    if (!window_.open) return;
    const [code] = await detector.detect(video).catch(() => []);
    if (!code) {
      setTimeout(look, EVERY);
      return;
    }
    window_.close();
    document.dispatchEvent(new CustomEvent("door:scanned", { detail: code.rawValue }));
  }

  button.addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment" },
      });
    } catch {
      const trouble = box.querySelector("[data-trouble]");
      trouble.hidden = false;
      trouble.firstElementChild.textContent = box.dataset.noCamera;
      return;
    }
    window_.showModal();
    await video.play();
    look();
  });
  window_.querySelector("[data-stop]").addEventListener("click", () => window_.close());
  window_.addEventListener("close", () => {
    for (const track of video.srcObject.getTracks()) track.stop();
    button.focus();
  });
})();
