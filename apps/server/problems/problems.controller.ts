import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiExcludeController } from '../docs/api.js';
import { NeedsNothing } from '../keys/needs.js';
import { isProblemCode, Problem, PROBLEMS, type ProblemCode } from './problem.js';

/** The explanation of a problem, as the page at the address in its `type`. */
@ApiExcludeController()
@Controller('problems')
export class ProblemsController {
  @Get()
  @NeedsNothing()
  @Header('content-type', 'text/html; charset=utf-8')
  all(): string {
    const codes = Object.keys(PROBLEMS).filter(isProblemCode);
    const rows = codes.map((code) => `<dt><a href="/problems/${code}">${code}</a></dt>${definition(code)}`);
    return page('Problems', `<dl>${rows.join('')}</dl>`);
  }

  @Get(':code')
  @NeedsNothing()
  @Header('content-type', 'text/html; charset=utf-8')
  one(@Param('code') code: string): string {
    if (!isProblemCode(code))
      throw new Problem('not-found', 'There is no such problem; /problems lists them.');
    const { title, status, meaning } = PROBLEMS[code];
    return page(title, `<p><code>${code}</code>, status ${status}</p><p>${html(meaning)}</p>`);
  }
}

const definition = (code: ProblemCode): string =>
  `<dd>${PROBLEMS[code].status}. ${html(PROBLEMS[code].title)}.</dd>`;

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title} – Borderline</title>
<body style="font: 1rem/1.5 system-ui; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
<h1>${title}</h1>${body}<p><a href="/problems">All problems</a> · <a href="/docs">The API</a></p></body></html>
`;
}

/** Escapes, and sets `code` in the usual way. */
function html(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/`([^`]*)`/g, '<code>$1</code>');
}
