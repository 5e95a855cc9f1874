# The image of every process of Borne Out; compose.yaml says which command each runs.
FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates make python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/borneout
COPY scripts scripts
COPY Makefile requirements.txt ./
RUN make --silent setup && find .venv -name __pycache__ -prune -exec rm -rf {} + && rm -f .venv/bin/uv*
COPY manage.py gunicorn.conf.py ./
COPY tracker tracker
COPY verification verification
COPY templates templates
RUN .venv/bin/python -m compileall -q tracker verification

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends ca-certificates python3 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /var/lib/borneout borneout
WORKDIR /srv/borneout
COPY --from=build /srv/borneout .
ENV PATH=/srv/borneout/.venv/bin:$PATH PYTHONUNBUFFERED=1 VAR_DIR=/var/lib/borneout
USER borneout
VOLUME /var/lib/borneout
EXPOSE 8000
# Only whether this process answers: /healthz tells of the whole newsroom, and a worker that is away
# is no reason to restart the web.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import http.client; c = http.client.HTTPConnection('127.0.0.1', 8000, timeout=4); c.request('GET', '/healthz', headers={'Host': 'localhost'}); c.getresponse().read()"]
CMD ["gunicorn", "tracker.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--no-control-socket"]
