"use strict";
/* Somebody's door on a map, where a tile server is configured. Two number fields beside it do the same. */
(() => {
  const box = document.getElementById("home-map");
  if (!box || !window.L) return;
  const known = JSON.parse(document.getElementById("home-data").textContent);
  const latitude = document.getElementById("id_latitude");
  const longitude = document.getElementById("id_longitude");
  document.getElementById("on-map").hidden = false;
  const map = L.map(box, { scrollWheelZoom: false });
  map.attributionControl.setPrefix("Leaflet");
  L.tileLayer(box.dataset.tiles, { maxZoom: 19, attribution: box.dataset.attribution, referrerPolicy: "origin" }).addTo(map);
  known.garages.forEach((garage) =>
    L.marker([garage.latitude, garage.longitude], { icon: L.divIcon({ className: "pin pin-garage", html: "■", iconSize: [30, 30] }), title: garage.name, alt: garage.name, keyboard: false }).addTo(map));
  const typed = () => {
    const place = [latitude, longitude].map((field) => Number.parseFloat(field.value.replace(",", ".")));
    return place.every(Number.isFinite) && Math.abs(place[0]) <= 90 && Math.abs(place[1]) <= 180 ? place : null;
  };
  let sign = null;
  const write = (place) => {
    latitude.value = place.lat.toFixed(5);
    longitude.value = place.lng.toFixed(5);
  };
  const put = (place) => {
    if (sign) { sign.setLatLng(place); return; }
    sign = L.marker(place, { icon: L.divIcon({ className: "door-sign", html: "<span></span>", iconSize: [44, 44], iconAnchor: [22, 40] }), draggable: true, autoPan: true, title: box.dataset.name, alt: box.dataset.name }).addTo(map);
    sign.on("drag", () => write(sign.getLatLng()));
  };
  const start = typed() || (known.start && [known.start.latitude, known.start.longitude]);
  const garage = known.garages[0];
  if (start) { put(start); map.setView(start, 17); }
  else if (garage) map.setView([garage.latitude, garage.longitude], 13);
  else map.setView([52.13, 5.29], 8);
  map.on("click", (event) => { put(event.latlng); write(event.latlng); });
  [latitude, longitude].forEach((field) => field.addEventListener("change", () => {
    const place = typed();
    if (place) { put(place); map.setView(place, Math.max(map.getZoom(), 15)); }
  }));
})();
