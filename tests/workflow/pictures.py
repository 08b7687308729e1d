"""Pictures as a camera writes them, with its name, a position and an orientation."""

from io import BytesIO

from PIL import Image

GPS, ORIENTATION, MAKER = 0x8825, 0x0112, 0x010F


def picture(kind, orientation=6, **extra):
    image = Image.frombytes("RGB", (8, 4), bytes(range(96)))
    exif = Image.Exif()
    exif[MAKER] = "Camera of Anna"
    if orientation:
        exif[ORIENTATION] = orientation
    exif.get_ifd(GPS).update({1: "N", 2: (55.0, 45.0, 20.9), 3: "E", 4: (37.0, 37.0, 3.3)})
    out = BytesIO()
    image.save(out, kind, exif=exif, **extra)
    return out.getvalue()


def seen(content):
    with Image.open(BytesIO(content)) as image:
        image.load()
        return image.tobytes(), image.getexif()
