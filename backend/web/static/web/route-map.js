"use strict";
/* The route of a trip on a map, where a tile server is configured. The list beside it says the same. */
(() => {
  const box = document.getElementById("route-map");
  if (!box || !window.L) return;
  const route = JSON.parse(document.getElementById("route-data").textContent);
  box.hidden = false;
  const map = L.map(box, { scrollWheelZoom: false });
  map.attributionControl.setPrefix("Leaflet");
  L.tileLayer(box.dataset.tiles, { maxZoom: 19, attribution: box.dataset.attribution, referrerPolicy: "origin" }).addTo(map);
  const pin = (kind, text) => {
    const sign = document.createElement("span");
    sign.textContent = text;
    return L.divIcon({ className: `pin ${kind}`, html: sign, iconSize: [30, 30] });
  };
  const put = (place, kind, text) =>
    L.marker([place.latitude, place.longitude], { icon: pin(kind, text), title: place.name, alt: place.name, riseOnHover: true }).addTo(map);
  const spots = route.stops.map((stop) => [stop.latitude, stop.longitude]);
  route.lines.forEach((line) => L.polyline(line.points, { color: line.round ? "#5b3a8c" : "#17514b", weight: 4, dashArray: line.round ? "8 8" : null }).addTo(map));
  put(route.garage, "pin-garage", "■");
  put(route.destination, "pin-destination", "◆");
  route.stops.forEach((stop) => put(stop, "", stop.number));
  map.fitBounds([...spots, [route.garage.latitude, route.garage.longitude], [route.destination.latitude, route.destination.longitude]], { padding: [24, 24] });
})();
