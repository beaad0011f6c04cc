import { formatNumber } from '../format.js';

const months = [
  ...['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  ...['Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
];

/** A time of day, by the clock of the page; with the day when that is another than today's. */
export function formatMoment(time: number, now = Date.now()): string {
  const moment = new Date(time);
  const clock = `${moment.getHours()}:${String(moment.getMinutes()).padStart(2, '0')}`;
  if (moment.toDateString() === new Date(now).toDateString()) return clock;
  return `${moment.getDate()} ${months[moment.getMonth()]} ${clock}`;
}

/** Memory, in megabytes. */
export function formatBytes(bytes: number): string {
  const megabytes = bytes / 1e6;
  return `${formatNumber(megabytes, megabytes < 10 ? 1 : 0)}\u00a0MB`;
}
