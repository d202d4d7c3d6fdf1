// Each line uses something of the machine. The rules for the pure rooms (eslint.config.js) report every line.
process.env.TZ;
console.log('here');
fetch('https://example.com');
crypto.subtle;
new WebSocket('wss://example.com');
new EventSource('https://example.com');
new BroadcastChannel('name');
navigator.language;
Date.now();
