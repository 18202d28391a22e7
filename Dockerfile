# docker build -t storyteller . && docker run -e DISCORD_TOKEN -v storyteller:/data storyteller

FROM python:3.13-slim-trixie AS build
WORKDIR /build
COPY requirements/postgresql.txt ./
# Without pip in it, which the finished image has no use for.
RUN python -m venv --without-pip /opt/storyteller \
    && python -m pip --python /opt/storyteller/bin/python install --no-cache-dir --require-hashes -r postgresql.txt
COPY bot.py config.py rehearsal.py rehearsal_page.py /app/
COPY cogs /app/cogs
COPY locales /app/locales
COPY story /app/story
RUN python -m compileall -q /app

FROM python:3.13-slim-trixie
COPY --from=build /opt/storyteller /opt/storyteller
COPY --from=build /app /app
# What is written is written here; everything else may be read-only.
RUN install -d -o 10001 -g 10001 -m 700 /data
ENV PATH=/opt/storyteller/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    STORYTELLER_DATABASE__URL=sqlite:////data/readings.db \
    STORYTELLER_HEALTH__PORT=8080
USER 10001:10001
WORKDIR /app
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/health', timeout=4)"]
ENTRYPOINT ["python", "bot.py"]
