// webhooks-imports-only-what-is-below
import '#log';
export const webhooks = 'webhooks';
